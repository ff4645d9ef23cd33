import { formatCount } from './bytes.js';
import classes from './hour-bars.module.css';

export interface HourCount {
  runs: number;
  failed: number;
}

const STEP = 5;
const BAR = 3.5;
const HEIGHT = 24;
/** An hour with anything in it is seen, and so is a failure beside thousands that went well. */
const LEAST = 3;

/** A day at a glance, a bar for each hour; failures stand at the foot, where few of them are seen too. */
export function HourBars({ hours }: { hours: HourCount[] }) {
  const most = Math.max(1, ...hours.map(({ runs }) => runs));
  const runs = hours.reduce((sum, hour) => sum + hour.runs, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  return (
    <svg
      className={classes.bars}
      viewBox={`0 0 ${hours.length * STEP} ${HEIGHT}`}
      width={hours.length * STEP}
      height={HEIGHT}
      role="img"
      aria-label={`${hours.length} hours: ${formatCount(runs)} ${runs === 1 ? 'run' : 'runs'}, ${formatCount(failed)} failed`}
    >
      {hours.map((hour, index) => {
        const x = index * STEP;
        if (hour.runs === 0)
          return <rect key={index} className={classes.none} x={x} y={HEIGHT - 1.5} width={BAR} height="1.5" />;
        const height = Math.max(LEAST, (HEIGHT * hour.runs) / most);
        const bad = hour.failed === 0 ? 0 : Math.max(LEAST, (height * hour.failed) / hour.runs);
        return (
          <g key={index}>
            <rect className={classes.good} x={x} y={HEIGHT - height} width={BAR} height={height} rx="1" />
            {bad > 0 && <rect className={classes.bad} x={x} y={HEIGHT - bad} width={BAR} height={bad} rx="1" />}
          </g>
        );
      })}
    </svg>
  );
}
