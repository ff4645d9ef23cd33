import { Link } from 'react-router';
import type { IntegrationActivity } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { HourBars } from '../../ui/hour-bars.js';
import { IconCircleCheckFilled, IconCircleXFilled, IconClock } from '../../ui/icons.js';
import { Ago } from '../../ui/time-text.js';
import list from '../../ui/list.module.css';
import classes from './integrations.module.css';

/** Below this share of success the number is marked. */
const POOR = 0.95;
const LOOKS: Record<string, [Tone, typeof IconClock]> = {
  succeeded: ['ok', IconCircleCheckFilled],
  failed: ['er', IconCircleXFilled],
};

/** What an integration did of late; nothing is in the cells until it is read. */
export function ActivityCells({ activity }: { activity: IntegrationActivity | undefined }) {
  return (
    <>
      <td className={`${list.wideOnly} ${list.soft}`}>{activity && <LastRun lastRun={activity.lastRun} />}</td>
      <td className={list.fullOnly}>{activity && <HourBars hours={activity.hours} />}</td>
      <td className={`${list.wideOnly} ${list.right}`}>{activity && formatCount(activity.runs)}</td>
      <td className={`${list.fullOnly} ${list.right}`}>{activity && <Success activity={activity} />}</td>
    </>
  );
}

function LastRun({ lastRun }: Pick<IntegrationActivity, 'lastRun'>) {
  if (!lastRun) return 'Never';
  const [tone, Icon] = LOOKS[lastRun.status] ?? ['neutral', IconClock];
  return (
    <Link to={`/runs/${lastRun.id}`} className={classes.lastRun} title={`Last run: ${lastRun.status}`}>
      <Chip tone={tone} icon={<Icon size={13} stroke={2} aria-hidden />}>
        <span className="sr-only">{lastRun.status} </span>
        <Ago at={lastRun.at} />
      </Chip>
    </Link>
  );
}

function Success({ activity: { succeeded, failed } }: { activity: IntegrationActivity }) {
  if (succeeded + failed === 0) return '—';
  const share = succeeded / (succeeded + failed);
  // Rounded down: 100 % is said of none that failed.
  const text = `${(Math.floor(share * 1_000) / 10).toFixed(1).replace(/\.0$/, '')}%`;
  return share < POOR ? <b className={list.bad}>{text}</b> : text;
}
