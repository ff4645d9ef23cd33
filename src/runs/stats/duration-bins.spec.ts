import { addBins, quantile, type DurationBins } from './duration-bins.js';

/** As the database counts. */
const binned = (...durations: number[]): DurationBins => {
  const bins: DurationBins = {};
  for (const ms of durations) addBins(bins, { [Math.floor(25 * Math.log(Math.max(ms, 0.01)))]: 1 });
  return bins;
};
const within2Percent = (is: number | null, wanted: number) => expect(Math.abs(is! / wanted - 1)).toBeLessThan(0.025);

describe('durations in bins', () => {
  it.each([0.3, 7, 341, 30_000, 86_400_000])('give back %s ms to 2 %', (ms) => {
    within2Percent(quantile(binned(ms), 0.5), ms);
    within2Percent(quantile(binned(ms), 0.95), ms);
  });

  it('tell what half of them and nineteen of twenty do not exceed', () => {
    const bins = binned(...Array.from({ length: 100 }, (_, at) => (at + 1) * 10));
    within2Percent(quantile(bins, 0.5), 500);
    within2Percent(quantile(bins, 0.95), 950);
    within2Percent(quantile(bins, 1), 1_000);
  });

  it('say the same when they were counted apart', () => {
    const durations = [3, 90, 14, 1_500, 22, 47];
    const together: DurationBins = {};
    addBins(together, binned(...durations.slice(0, 2)));
    addBins(together, binned(...durations.slice(2)));
    expect(together).toEqual(binned(...durations));
  });

  it('say nothing of none', () => expect(quantile({}, 0.5)).toBeNull());
});
