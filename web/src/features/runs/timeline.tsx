import type { Attempt, Run, RunStep } from '../../api/types.js';
import { Chip } from '../../ui/chip.js';
import { MethodIcon } from '../../ui/method-icon.js';
import { formatClock, formatDuration } from '../../ui/time.js';
import { EVENT, type Selection } from './selection.js';
import { layoutTimeline, type Segment } from './timeline-layout.js';
import classes from './timeline.module.css';

interface TimelineProps {
  run: Run;
  now: number;
  selection: Selection;
  onSelect: (selection: Selection) => void;
}

/** The run from top to bottom: the event, then each step with its tries in the time of the whole. */
export function Timeline({ run, now, selection, onSelect }: TimelineProps) {
  const { totalMs, rows } = layoutTimeline(run, now);
  return (
    <section className={classes.timeline} aria-labelledby="timeline">
      <header className={classes.head}>
        <h2 id="timeline">Timeline</h2>
        <span className="nums">{formatDuration(totalMs)} in total</span>
      </header>
      <ol>
        <li>
          <button
            type="button"
            className={classes.step}
            aria-current={selection.step === EVENT}
            onClick={() => onSelect({ step: EVENT, attempt: null })}
          >
            <MethodIcon method="event" />
            <span className={classes.what}>
              <span className={`${classes.name} foreign`}>{run.eventType ?? 'Event'}</span>
              <span className={classes.note}>Received at {formatClock(run.createdAt)}</span>
              <Bar segments={[{ kind: 'event', left: 0, width: 1.6 }]} />
            </span>
            <span className={classes.took} />
          </button>
        </li>
        {run.steps.map((step, index) => (
          <StepEntry
            key={step.key}
            step={step}
            segments={rows[index].segments}
            durationMs={rows[index].durationMs}
            attempt={selection.step === step.key ? selection.attempt : undefined}
            onSelect={(attempt) => onSelect({ step: step.key, attempt })}
          />
        ))}
      </ol>
    </section>
  );
}

interface StepEntryProps {
  step: RunStep;
  segments: Segment[];
  durationMs: number | null;
  /** Undefined unless this step is selected. */
  attempt: number | null | undefined;
  onSelect: (attempt: number | null) => void;
}

function StepEntry({ step, segments, durationMs, attempt, onSelect }: StepEntryProps) {
  const selected = attempt !== undefined;
  const last = step.attempts.at(-1);
  const reached = last !== undefined || step.takenOver;
  return (
    <li>
      <button
        type="button"
        className={classes.step}
        data-faded={!reached || undefined}
        aria-current={selected}
        onClick={() => onSelect(last?.number ?? null)}
      >
        <MethodIcon
          method={step.action === 'custom' ? (last?.request?.method ?? 'custom') : step.action}
          faded={!reached}
        />
        <span className={classes.what}>
          <span className={classes.nameRow}>
            <span className={`${classes.name} foreign`}>{step.name || step.key}</span>
            {step.attempts.length > 1 && (
              <Chip tone={step.status === 'failed' ? 'er' : 'neutral'}>{step.attempts.length} tries</Chip>
            )}
          </span>
          <span className={classes.note} data-bad={step.status === 'failed' || undefined}>
            {noteOf(step)}
          </span>
          <Bar segments={segments} />
        </span>
        <span className={classes.took}>{durationMs === null ? '—' : formatDuration(durationMs)}</span>
      </button>
      {selected && step.attempts.length > 1 && (
        <ol className={classes.tries}>
          {step.attempts.map((each) => (
            <li key={each.id}>
              <button
                type="button"
                className={classes.try}
                aria-current={each.number === attempt}
                onClick={() => onSelect(each.number)}
              >
                <span>Try {each.number}</span>
                <span className={classes.clock}>{formatClock(each.startedAt)}</span>
                <Chip tone={TONES[each.status]}>{resultOf(each)}</Chip>
                <span className={classes.took}>{each.durationMs === null ? '—' : formatDuration(each.durationMs)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

export const TONES = { started: 'in', succeeded: 'ok', failed: 'er', unknown: 'wa' } as const;

const SHORT: Record<string, string> = {
  dns: 'No such name',
  connect_refused: 'Refused',
  connect_timeout: 'No connection',
  tls: 'TLS failed',
  reset: 'Cut off',
  first_byte_timeout: 'Timed out',
  total_timeout: 'Timed out',
  blocked_address: 'Blocked',
  mapping: 'Mapping',
  canceled: 'Canceled',
};

/** The result of a try in a word or a number. */
export function resultOf({ status, response, error }: Attempt): string {
  if (status === 'started') return 'In flight';
  if (status === 'unknown') return 'Unknown';
  if (error && SHORT[error.code]) return SHORT[error.code];
  if (response) return String(response.status);
  return status === 'failed' ? 'Failed' : 'Done';
}

function noteOf(step: RunStep): string {
  const last = step.attempts.at(-1);
  if (step.takenOver) return 'Taken over, not called again';
  if (!last) return step.status === 'skipped' ? 'Skipped' : 'Not reached yet';
  const { method, url } = last.request ?? {};
  const call = url && URL.canParse(url) ? `${method} ${new URL(url).host}` : 'Nothing was sent';
  if (step.status === 'waiting') return `${call} · waits for the next try`;
  return `${call} · ${resultOf(last).toLowerCase()}`;
}

/** An SVG, so that its geometry needs no style attribute. The words beside it say the same. */
function Bar({ segments }: { segments: Segment[] }) {
  return (
    <svg className={classes.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden>
      <line className={classes.ground} x1="0" x2="100" y1="2" y2="2" />
      {segments.map(({ kind, left, width }, index) => (
        <line key={index} className={classes[kind]} x1={left} x2={left + width} y1="2" y2="2" />
      ))}
    </svg>
  );
}
