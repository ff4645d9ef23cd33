import { jest } from '@jest/globals';
import { KeptBuckets } from './kept-buckets.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-01T12:00:30Z');

describe('buckets that were counted', () => {
  let counted: string[][];
  let open: number[];
  let buckets: KeptBuckets<number>;
  const day = Date.parse('2026-03-01T00:00:00Z');
  const hour = (at: number) => new Date(at).toISOString().slice(11, 13);
  const read = (from: number, to: number, name = 'all') =>
    buckets.read({
      name,
      starts: Array.from({ length: to - from }, (_, at) => day + (from + at) * HOUR),
      bucketMs: HOUR,
      count: async (edges) => {
        counted.push(edges.map(hour));
        return edges.slice(1).map((_, at) => edges[at]);
      },
      isFinal: (_value, at) => !open.includes(at),
    });

  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
    [counted, open, buckets] = [[], [], new KeptBuckets()];
  });
  afterEach(() => jest.useRealTimers());

  it('are counted once, but for the one that is still being filled and the one before it that may not be complete', async () => {
    expect((await read(9, 13)).map(hour)).toEqual(['09', '10', '11', '12']);
    expect((await read(9, 13)).map(hour)).toEqual(['09', '10', '11', '12']);
    expect(counted).toEqual([
      ['09', '10', '11', '12', '13'],
      ['11', '12', '13'],
    ]);
  });

  it('are counted again after a minute while something in them is open, those side by side together', async () => {
    open = [day + 3 * HOUR, day + 4 * HOUR, day + 7 * HOUR];
    await read(2, 9);
    await read(2, 9);
    expect(counted).toHaveLength(1);
    jest.advanceTimersByTime(60_001);
    await read(2, 9);
    expect(counted.slice(1)).toEqual([
      ['03', '04', '05'],
      ['07', '08'],
    ]);
    open = [];
    jest.advanceTimersByTime(60_001);
    await read(2, 9);
    jest.advanceTimersByTime(60_001);
    await read(2, 9);
    expect(counted).toHaveLength(5);
  });

  it('serve a longer range too, which counts only what it adds; another name has its own', async () => {
    await read(4, 8);
    await read(2, 10);
    expect(counted.slice(1)).toEqual([
      ['02', '03', '04'],
      ['08', '09', '10'],
    ]);
    await read(4, 8, 'of one integration');
    expect(counted.at(-1)).toEqual(['04', '05', '06', '07', '08']);
  });
});
