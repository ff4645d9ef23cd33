import { Link } from 'react-router';
import { hasEnded } from '../../api/run-list.js';
import type { RunItem } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import { Chip } from '../../ui/chip.js';
import { Ago, useNow } from '../../ui/time-text.js';
import { formatDuration } from '../../ui/time.js';
import { DurationBar } from './duration-bar.js';
import { RunStatusChip } from './run-status.js';
import list from '../../ui/list.module.css';
import classes from './runs.module.css';

/** Why a run stands still or was let go, in words. */
const REASONS: Record<string, string> = {
  retry: 'waits for its next try',
  connection: 'waits for a sign-in',
  discarded: 'discarded',
  held_limit: 'held for too long',
};

/** `state` goes with the link: the list it stands in. */
export function RunRow({ run, state }: { run: RunItem; state: unknown }) {
  const { id, number, status, integrationName, eventType, eventSubject, error, atStep, reason } = run;
  return (
    <tr>
      <td className={classes.statusCell}>
        <RunStatusChip status={status} />
      </td>
      <td className={list.main}>
        <div className={list.name}>
          <Link to={`/runs/${id}`} state={state} data-row-link className="foreign" title={integrationName ?? undefined}>
            {integrationName ?? 'Deleted integration'}
          </Link>
          {run.test && <Chip>Test</Chip>}
          {run.replayOf && <Chip>Replay</Chip>}
        </div>
        {error ? (
          <p className={`${list.sub} ${status === 'failed' ? list.bad : ''}`} title={`${error.code}: ${error.message}`}>
            {atStep && (
              <>
                At step {atStep.position + 1}, <span className="foreign">{atStep.name}</span>:{' '}
              </>
            )}
            <span className="foreign">{error.message}</span>
          </p>
        ) : (
          <p className={list.sub}>
            {eventType && <span className={list.belowFull}>{eventType} · </span>}
            <span className="foreign">{eventSubject ?? run.eventId}</span>
            {status === 'waiting' && atStep && ` · at step ${atStep.position + 1}`}
            {reason && ` · ${REASONS[reason] ?? reason}`}
          </p>
        )}
        <p className={`${list.sub} ${list.narrowOnly}`}>
          Run {formatCount(number)} · <Ago at={run.createdAt} /> · <Took run={run} />
        </p>
      </td>
      <td className={`${classes.event} ${list.fullOnly} foreign`} title={eventType ?? undefined}>
        {eventType ?? '—'}
      </td>
      <td className={`${list.right} ${list.mediumUp} ${list.soft}`}>{formatCount(number)}</td>
      <td className={`${list.right} ${list.fullOnly} ${list.soft}`}>{run.version ?? '—'}</td>
      <td className={`${list.right} ${list.mediumUp} ${list.soft} ${classes.took}`}>
        <Took run={run} />
        {run.finishedAt && <DurationBar status={status} ms={spanMs(run, Date.parse(run.finishedAt))} />}
      </td>
      <td className={`${list.right} ${list.mediumUp} ${list.soft}`}>
        <Ago at={run.createdAt} />
      </td>
    </tr>
  );
}

function Took({ run }: { run: RunItem }) {
  if (run.finishedAt) return formatDuration(spanMs(run, Date.parse(run.finishedAt)));
  if (!run.startedAt || hasEnded(run.status)) return '—';
  return <SoFar since={run.startedAt} />;
}

const spanMs = ({ startedAt, createdAt }: RunItem, endMs: number): number => endMs - Date.parse(startedAt ?? createdAt);

function SoFar({ since }: { since: string }) {
  return formatDuration(useNow() - Date.parse(since));
}
