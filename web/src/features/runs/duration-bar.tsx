import type { RunStatus } from '../../api/types.js';
import { durationShare } from './duration-share.js';
import classes from './runs.module.css';

const WIDTH = 72;

/** How long a run took, to be compared down the list; the number beside it says the same in words. */
export function DurationBar({ status, ms }: { status: RunStatus; ms: number }) {
  return (
    <svg className={classes.bar} viewBox={`0 0 ${WIDTH} 4`} data-status={status} aria-hidden>
      <rect width={WIDTH} height="4" rx="2" />
      <rect width={Math.max(3, Math.round(WIDTH * durationShare(ms)))} height="4" rx="2" />
    </svg>
  );
}
