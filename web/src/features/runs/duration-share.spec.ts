import { durationShare } from './duration-share.js';

describe('the share of a bar that a duration takes', () => {
  it.each([
    [0, 0],
    [10, 0],
    [600_000, 1],
    [3_600_000, 1],
  ])('of %d ms is %d', (ms, share) => {
    expect(durationShare(ms)).toBe(share);
  });

  it('grows by the same for ten times as long', () => {
    expect(durationShare(10_000) - durationShare(1_000)).toBeCloseTo(durationShare(1_000) - durationShare(100));
  });
});
