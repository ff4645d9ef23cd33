import { AttemptLimit } from './attempt-limit.js';

describe('AttemptLimit', () => {
  it('makes an address wait once it failed as often as it may within the window', () => {
    const limit = new AttemptLimit(3, 60_000);
    for (const time of [0, 10_000, 20_000]) {
      expect(limit.waitMs('a', time)).toBe(0);
      limit.failed('a', time);
    }
    expect(limit.waitMs('a', 20_000)).toBe(40_000);
    expect(limit.waitMs('b', 20_000)).toBe(0);
    expect(limit.waitMs('a', 60_001)).toBe(0);
  });

  it('counts a failure among those that are over as the first one again', () => {
    const limit = new AttemptLimit(2, 1_000);
    limit.failed('a', 0);
    limit.failed('a', 1_500);
    expect(limit.waitMs('a', 1_600)).toBe(0);
  });
});
