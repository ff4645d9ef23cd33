import type { Step } from '../api/types.js';
import { CARD, layoutOf, type Box } from './layout.js';
import { newStep } from './new-step.js';

const step = (key: string, ...errors: string[]): Step => ({
  ...newStep({ connector: 'http', action: 'post', title: key }, new Set()),
  errorSteps: errors.map((error) => step(error)),
});
const boxes = (...steps: Step[]) => layoutOf(steps, 'Task completed').boxes;
const at = (drawn: Box[], id: string) => drawn.find((box) => box.id === id)!;
const overlaps = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

describe('the drawing of an integration', () => {
  it('shows what starts it, a place for the first step and the end, when nothing else is there', () => {
    expect(boxes().map(({ kind, x, y }) => [kind, x, y])).toEqual([
      ['card', -142, 0],
      ['add', -11, 85],
      ['end', -29, 118],
    ]);
  });

  it('stands cards under one another, 52 apart, with a place to add between every two', () => {
    const drawn = boxes(step('a'), step('b'));
    expect(drawn.map(({ id, y }) => [id, y])).toEqual([
      ['trigger', 0],
      ['add:first:true', 89],
      ['a', 126],
      ['add:after:a', 215],
      ['b', 252],
      ['add:after:b', 337],
      ['end:0:370', 370],
    ]);
    expect(drawn.filter(({ kind }) => kind === 'add').map((box) => 'label' in box && box.label)).toEqual([
      'Add a step after Task completed',
      'Add a step after a',
      'Add a step after b',
    ]);
  });

  it('stands error steps in a column to the right, which ends on its own', () => {
    const drawn = boxes(step('a', 'tell', 'log'), step('b'));
    const [a, tell, log] = ['a', 'tell', 'log'].map((id) => at(drawn, id));
    expect([tell.x - a.x, tell.y - a.y, log.x - tell.x, log.y - tell.y]).toEqual([330, 88, 0, 126]);
    expect(at(drawn, 'b').x).toBe(a.x);
    expect(drawn.filter(({ kind }) => kind === 'end')).toHaveLength(2);
    const open = boxes({ ...step('a'), onError: 'error-steps' });
    expect(at(open, 'add:errorStepOf:a')).toBeDefined();
  });

  it('lets nothing stand on anything else, however many there are', () => {
    const drawn = boxes(step('a', 'a1', 'a2', 'a3'), step('b', 'b1'), step('c'), step('d', 'd1', 'd2'), step('e'));
    const pairs = drawn.flatMap((one, index) => drawn.slice(index + 1).map((other) => [one, other] as const));
    expect(pairs.filter(([one, other]) => overlaps(one, other)).map((pair) => pair.map(({ id }) => id))).toEqual([]);
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(drawn.length);
    for (const { kind, width, height } of drawn) if (kind === 'card') expect({ width, height }).toEqual(CARD);
  });

  it('reads in the order in which the steps are numbered', () => {
    const cards = boxes(step('a', 'a1'), step('b')).filter(({ kind }) => kind === 'card');
    expect(cards.map(({ id }) => id)).toEqual(['trigger', 'a', 'a1', 'b']);
  });
});
