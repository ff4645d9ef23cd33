import { gridOf, linePaths } from './scale.js';

describe('the lines behind a chart', () => {
  it.each([
    [0, true, [0, 1]],
    [1, true, [0, 1]],
    [3, true, [0, 1, 2, 3]],
    [9, true, [0, 5, 10]],
    [211, true, [0, 100, 200, 300]],
    [5_808, true, [0, 2_000, 4_000, 6_000]],
    [0.9, false, [0, 0.25, 0.5, 0.75, 1]],
    [341, false, [0, 100, 200, 300, 400]],
  ])('go up to %d in round steps', (greatest, whole, lines) => expect(gridOf(greatest, whole)).toEqual(lines));

  it.each([7, 13, 99, 100, 101, 12_345])('leave nothing above them: %d', (greatest) =>
    expect(gridOf(greatest, true).at(-1)).toBeGreaterThanOrEqual(greatest),
  );
});

describe('a line', () => {
  it('goes through its points and leaves out what is not known', () =>
    expect(linePaths([null, 10, 20, null, 40], 40)).toEqual({
      lines: 'M30.000 75.000L50.000 50.000',
      dots: 'M90.000 0.000h0',
    }));
});
