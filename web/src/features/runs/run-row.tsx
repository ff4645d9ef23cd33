import { Link } from 'react-router';
import { hasEnded } from '../../api/runs.js';
import type { RunItem } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import { Chip } from '../../ui/chip.js';
import { Ago, useNow } from '../../ui/time-text.js';
import { formatDuration } from '../../ui/time.js';
import { RunStatusChip } from './run-status.js';
import list from '../../ui/list.module.css';
import classes from './runs.module.css';

/** `state` goes with the link: the list it stands in. */
export function RunRow({ run, state }: { run: RunItem; state: unknown }) {
  const { id, number, status, integrationName, eventType, eventSubject, error, reason } = run;
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
            <span className="foreign">{error.message}</span>
          </p>
        ) : (
          <p className={list.sub}>
            {eventType && <span className={list.belowFull}>{eventType} · </span>}
            <span className="foreign">{eventSubject ?? run.eventId}</span>
            {reason && ` · ${reason}`}
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
      <td className={`${list.right} ${list.mediumUp} ${list.soft}`}>
        <Took run={run} />
      </td>
      <td className={`${list.right} ${list.mediumUp} ${list.soft}`}>
        <Ago at={run.createdAt} />
      </td>
    </tr>
  );
}

function Took({ run: { status, createdAt, startedAt, finishedAt } }: { run: RunItem }) {
  if (finishedAt) return formatDuration(Date.parse(finishedAt) - Date.parse(startedAt ?? createdAt));
  if (!startedAt || hasEnded(status)) return '—';
  return <SoFar since={startedAt} />;
}

function SoFar({ since }: { since: string }) {
  return formatDuration(useNow() - Date.parse(since));
}
