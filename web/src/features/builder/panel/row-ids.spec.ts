import { followRows } from './row-ids.js';

const [a, b, c] = ['a', 'b', 'c'].map((key) => ({ key }));
const start = followRows(null, [a, b, c]);

describe('the rows of a list', () => {
  it('are different from each other', () => {
    expect(new Set(start.ids).size).toBe(3);
  });

  it('keep their names when one is changed in its place', () => {
    expect(followRows(start, [a, { key: 'bb' }, c]).ids).toEqual(start.ids);
  });

  it('take their names along when they move', () => {
    expect(followRows(start, [b, a, c]).ids).toEqual([start.ids[1], start.ids[0], start.ids[2]]);
  });

  it('keep their names when another one goes or comes', () => {
    expect(followRows(start, [a, c]).ids).toEqual([start.ids[0], start.ids[2]]);
    const more = followRows(start, [a, { key: 'new' }, b, c]);
    expect([more.ids[0], more.ids[2], more.ids[3]]).toEqual(start.ids);
    expect(start.ids).not.toContain(more.ids[1]);
  });

  it('are told apart when they are one and the same object', () => {
    const twice = followRows(null, [a, a]);
    expect(followRows(twice, [a, a, b]).ids.slice(0, 2)).toEqual(twice.ids);
  });
});
