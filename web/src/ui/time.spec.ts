import { formatDuration, formatRelative } from './time.js';

describe('a duration', () => {
  it.each([
    [-20, '0 ms'],
    [0, '0 ms'],
    [3.4, '3 ms'],
    [999, '999 ms'],
    [1_000, '1 s'],
    [1_249, '1.2 s'],
    [9_960, '10 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [94_300, '1 min 34 s'],
    [7_500_000, '2 h 5 min'],
    [90_000_000, '1 d 1 h'],
  ])('of %d ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe('a moment', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  it.each([
    [0, 'just now'],
    [-3_000, 'just now'],
    [12_000, '12 s ago'],
    [240_000, '4 min ago'],
    [7 * 3_600_000, '7 h ago'],
  ])('%d ms ago reads %s', (ago, text) => expect(formatRelative(new Date(now - ago).toISOString(), now)).toBe(text));

  it('is exact after a day, with the year only when it is another one', () => {
    expect(formatRelative('2026-11-03T09:00:00Z', now)).toMatch(/^3 Nov, \d\d:\d\d$/);
    expect(formatRelative('2025-11-03T09:00:00Z', now)).toMatch(/^3 Nov 2025, \d\d:\d\d$/);
  });
});
