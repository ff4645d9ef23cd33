import type { RunCounts } from '../../api/types.js';

/** Canceled or not ended yet: neither good nor bad. */
export const otherRuns = ({ runs, succeeded, failed }: RunCounts): number => runs - succeeded - failed;

/** Of those that came to an end of their own, in percent; null where none did. */
export const successOf = ({ succeeded, failed }: Pick<RunCounts, 'succeeded' | 'failed'>): number | null =>
  succeeded + failed === 0 ? null : (succeeded / (succeeded + failed)) * 100;

/** `97.6%`. Never rounded to 100 % while something failed, nor to 0 % while something succeeded. */
export function percentText(percent: number | null): string {
  if (percent === null) return '—';
  const rounded = percent >= 100 || percent <= 0 ? percent : Math.min(99.9, Math.max(0.1, percent));
  return `${rounded.toFixed(1).replace(/\.0$/, '')}%`;
}
