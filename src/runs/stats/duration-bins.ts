/** Bins of one duration each are 4 % wide, so that what is read from them is right to 2 %. */
const BINS_PER_E = 25;
const LEAST_MS = 0.01;

/** How many durations fell into each bin, by its number. Two of them are added up by adding their counts. */
export type DurationBins = Record<string, number>;

/** The number of a duration's bin, as SQL. Counting into bins needs no sort, and what was counted once can be kept. */
export const binOf = (msSql: string): string =>
  `floor(${BINS_PER_E} * ln(greatest(${msSql}, ${LEAST_MS})::float8))::int`;

export function addBins(to: DurationBins, bins: DurationBins): void {
  for (const [bin, count] of Object.entries(bins)) to[bin] = (to[bin] ?? 0) + count;
}

/** The duration in ms that a share of them does not exceed; null where there is none. */
export function quantile(bins: DurationBins, share: number): number | null {
  const counts = Object.entries(bins).map(([bin, count]) => [Number(bin), count]);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  counts.sort(([a], [b]) => a - b);
  let left = Math.max(1, Math.ceil(total * share));
  for (const [bin, count] of counts) {
    left -= count;
    if (left <= 0) return rounded(Math.exp((bin + 0.5) / BINS_PER_E));
  }
  return null;
}

const rounded = (ms: number): number => Number(ms.toPrecision(3));
