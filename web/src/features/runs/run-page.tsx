import { useLocation, useParams, useSearchParams } from 'react-router';
import { Link } from 'react-router';
import { reasonOf, statusOf } from '../../api/api-error.js';
import { hasEnded } from '../../api/run-list.js';
import { useRun } from '../../api/runs.js';
import type { Run } from '../../api/types.js';
import { IconActivity } from '../../ui/icons.js';
import { ListError, LiveMark } from '../../ui/list-parts.js';
import { Notice } from '../../ui/notice.js';
import { useShortcut } from '../../ui/shortcuts.js';
import { useNow } from '../../ui/time-text.js';
import { EventPanel } from './event-panel.js';
import { positionOf } from './replay-choice.js';
import { RunHeader } from './run-header.js';
import { EVENT, selectionOf, stepBy, tryBy, type Selection } from './selection.js';
import { StepPanel } from './step-panel.js';
import { Timeline } from './timeline.js';
import classes from './run-page.module.css';

export function RunPage() {
  const { id = '' } = useParams();
  const { state } = useLocation() as { state: { justSent?: boolean } | null };
  const query = useRun(id, state?.justSent ?? false);
  if (query.data) return <RunView run={query.data} broken={query.isError || query.failureCount > 0} />;
  if (query.isPending) return <RunSkeleton />;
  if (statusOf(query.error) === 404)
    return (
      <Notice heading="h1" icon={<IconActivity size={20} stroke={1.7} />} title="There is no such run">
        <title>Run not found · Hookline</title>
        It may have been removed by the retention rules. <Link to="/runs">See all runs</Link>
      </Notice>
    );
  return <ListError heading="h1" what="This run" reason={reasonOf(query.error)} onRetry={() => query.refetch()} />;
}

function RunView({ run, broken }: { run: Run; broken: boolean }) {
  const [params, setParams] = useSearchParams();
  const selection = selectionOf(run, params.get('step'), params.get('try'));
  const live = !hasEnded(run.status);
  const now = useNow();

  const select = ({ step, attempt }: Selection) => {
    const next = new URLSearchParams({ step });
    if (attempt !== null) next.set('try', String(attempt));
    setParams(next, { replace: true, preventScrollReset: true });
  };
  const unlessInText = (event: KeyboardEvent, act: () => void) => {
    // Arrow keys belong first to what has the focus: a scrolled text, a row of choices.
    if (event.target instanceof HTMLElement && event.target.closest('[role=region], fieldset')) return;
    act();
  };
  useShortcut('ArrowUp', (event) => unlessInText(event, () => select(stepBy(run, selection, -1))));
  useShortcut('ArrowDown', (event) => unlessInText(event, () => select(stepBy(run, selection, 1))));
  useShortcut('ArrowLeft', (event) => unlessInText(event, () => select(tryBy(run, selection, -1))));
  useShortcut('ArrowRight', (event) => unlessInText(event, () => select(tryBy(run, selection, 1))));

  const index = run.steps.findIndex((step) => step.key === selection.step);
  return (
    <div className={classes.page}>
      <RunHeader run={run} mark={live || broken ? <LiveMark broken={broken} /> : null} />
      <div className={classes.body}>
        <Timeline run={run} now={now} selection={selection} onSelect={select} />
        {selection.step === EVENT || index < 0 ? (
          <EventPanel eventId={run.eventId} type={run.eventType} />
        ) : (
          <StepPanel
            key={run.steps[index].key}
            run={run}
            step={run.steps[index]}
            position={positionOf(run.steps, run.steps[index].key)}
            attempt={selection.attempt}
            onTry={(attempt) => select({ step: selection.step, attempt })}
          />
        )}
      </div>
    </div>
  );
}

function RunSkeleton() {
  return (
    <div className={classes.page} aria-busy>
      <p className="sr-only" role="status">
        Loading the run
      </p>
      <div className={classes.bones} aria-hidden>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
