import { percentText, successOf } from './totals.js';

describe('the share of runs that succeeded', () => {
  it.each([
    [5_669, 139, '97.6%'],
    [1, 0, '100%'],
    [0, 3, '0%'],
    [99_999, 1, '99.9%'],
    [1, 99_999, '0.1%'],
    [1, 1, '50%'],
  ])('of %i good and %i bad ones is told as it is, and a failure is never rounded away', (succeeded, failed, text) =>
    expect(percentText(successOf({ succeeded, failed }))).toBe(text),
  );

  it('of none is not told', () => expect(percentText(successOf({ succeeded: 0, failed: 0 }))).toBe('—'));
});
