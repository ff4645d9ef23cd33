import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useReplaysOf } from '../../api/run-actions.js';
import { hasEnded } from '../../api/run-list.js';
import type { Run } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import { Chip } from '../../ui/chip.js';
import { CopyButton } from '../../ui/copy-button.js';
import {
  IconBolt,
  IconCalendar,
  IconChevronRight,
  IconClockHour4,
  IconGitCommit,
  IconHash,
  IconRefresh,
} from '../../ui/icons.js';
import { useNow } from '../../ui/time-text.js';
import { formatDuration, formatExact } from '../../ui/time.js';
import { AmongButtons, useAmong } from './among.js';
import { failedStep, positionOf } from './replay-choice.js';
import { RunActions } from './run-actions.js';
import { RunStatusChip } from './run-status.js';
import classes from './run-page.module.css';

/** Which run this is, how it went, and what it belongs to. */
export function RunHeader({ run, mark }: { run: Run; mark: ReactNode }) {
  const title = `Run ${formatCount(run.number)}`;
  const among = useAmong();
  const name = run.integrationName ?? 'Deleted integration';
  return (
    <header className={classes.header}>
      <title>{`${title} · Hookline`}</title>
      <nav aria-label="Breadcrumb" className={classes.above}>
        <ol className={classes.crumbs}>
          <li>
            <Link to={`/runs${among?.search ?? ''}`}>Runs</Link>
            <IconChevronRight size={13} stroke={1.7} aria-hidden />
          </li>
          <li>
            <Link to={`/runs?integrationId=${run.integrationId}`} className="foreign">
              {name}
            </Link>
          </li>
        </ol>
        {among && <AmongButtons id={run.id} among={among} />}
      </nav>
      <div className={classes.titleRow}>
        <h1>{title}</h1>
        <span role="status">
          <RunStatusChip status={run.status} place={placeOf(run)} />
        </span>
        {run.test && <Chip>Test</Chip>}
        {mark}
        <RunActions run={run} />
      </div>
      <ul className={classes.facts}>
        <Fact icon={<IconBolt size={14} stroke={1.7} />} name="Event">
          <Link to={`/runs?eventId=${run.eventId}`} className="foreign" title={`All runs of ${run.eventId}`}>
            {[run.eventType ?? 'Event', run.eventSubject].filter(Boolean).join(', ')}
          </Link>
        </Fact>
        <Fact icon={<IconCalendar size={14} stroke={1.7} />} name="Began">
          <time dateTime={run.createdAt}>{formatExact(run.createdAt)}</time>
        </Fact>
        <Fact icon={<IconClockHour4 size={14} stroke={1.7} />} name="Took">
          <Took run={run} />
        </Fact>
        <Fact icon={<IconGitCommit size={14} stroke={1.7} />} name="Version">
          {run.version === null ? 'Draft' : `Version ${run.version}`}
        </Fact>
        {run.replayOf && (
          <Fact icon={<IconRefresh size={14} stroke={1.7} />} name="Replay of">
            <Link to={`/runs/${run.replayOf}`}>Replay of an earlier run</Link>
          </Fact>
        )}
        <Replays run={run} />
        <Fact icon={<IconHash size={14} stroke={1.7} />} name="Run id">
          <span className="mono">{run.id}</span>
          <CopyButton text={run.id} label="Copy run id" />
        </Fact>
      </ul>
    </header>
  );
}

/** Where a run stands still; what goes on or has succeeded stands nowhere. */
function placeOf(run: Run): string | undefined {
  if (run.status !== 'failed' && run.status !== 'waiting') return undefined;
  const step = failedStep(run) ?? run.steps.find(({ status }) => status === 'waiting');
  return step && `at step ${positionOf(run.steps, step.key)}`;
}

/** The way on from a run that was repeated: to the newest repetition. */
function Replays({ run }: { run: Run }) {
  const replays = useReplaysOf(run).data ?? [];
  if (replays.length === 0) return null;
  const [newest] = replays;
  return (
    <Fact icon={<IconRefresh size={14} stroke={1.7} />} name="Replayed">
      <Link to={`/runs/${newest.id}`}>
        {replays.length === 1 ? 'Replayed' : `Replayed ${replays.length} times`}: run {formatCount(newest.number)}
      </Link>
      <RunStatusChip status={newest.status} />
    </Fact>
  );
}

function Fact({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <li className={classes.fact}>
      <span aria-hidden>{icon}</span>
      <span className="sr-only">{name}: </span>
      {children}
    </li>
  );
}

function Took({ run }: { run: Run }) {
  const now = useNow();
  if (!run.startedAt && !run.finishedAt) return 'Not started';
  const from = Date.parse(run.startedAt ?? run.createdAt);
  const to = run.finishedAt ? Date.parse(run.finishedAt) : now;
  return <span className="nums">{`${formatDuration(to - from)}${hasEnded(run.status) ? '' : ' so far'}`}</span>;
}
