import { Link } from 'react-router';
import type { Attempt, Run, RunStep } from '../../api/types.js';
import { causeOf, sameCauseInARow } from '../../exchange/cause.js';
import { Callout } from '../../ui/callout.js';
import { IconAlertCircleFilled, IconClock } from '../../ui/icons.js';
import { MethodIcon } from '../../ui/method-icon.js';
import { Segmented } from '../../ui/segmented.js';
import { useNow } from '../../ui/time-text.js';
import { formatClock, formatDuration } from '../../ui/time.js';
import { FilledValues } from './filled-values.js';
import { TryExchange } from './try-exchange.js';
import classes from './step-panel.module.css';

/** So many tries fit beside the title; the timeline lists all of them. */
const TRIES_SHOWN = 5;

interface StepPanelProps {
  run: Run;
  step: RunStep;
  /** As the builder counts. */
  position: number;
  attempt: number | null;
  onTry: (attempt: number) => void;
}

/** One step: what it sent and got in one of its tries, and why it failed if it did. */
export function StepPanel({ run, step, position, attempt: number, onTry }: StepPanelProps) {
  const index = step.attempts.findIndex((each) => each.number === number);
  const attempt = step.attempts[index] as Attempt | undefined;
  const action = step.action === 'custom' ? (attempt?.request?.method ?? 'custom') : step.action;
  return (
    <section className={classes.panel} aria-labelledby="step-title">
      <header className={classes.head}>
        <MethodIcon method={action} large />
        <div className={classes.title}>
          <h2 id="step-title" className="foreign">
            {step.name || step.key}
          </h2>
          <p>
            Step {position} · HTTP {action.toUpperCase()}
            {attempt && ` · try ${attempt.number} of ${step.attempts.length}`}
          </p>
        </div>
        {step.attempts.length > 1 && attempt && (
          <Segmented
            label="Try"
            value={String(attempt.number)}
            options={triesToOffer(step.attempts, index).map((each) => ({
              value: String(each.number),
              text: each === attempt ? `Try ${each.number}` : each.number,
            }))}
            onChange={(value) => onTry(Number(value))}
          />
        )}
      </header>
      {run.reason === 'connection' && (step.status === 'waiting' || step.status === 'pending') && <WaitsForSignIn />}
      {!attempt && <NotReached step={step} run={run} />}
      {attempt?.error && <CauseBox attempts={step.attempts} index={index} />}
      {attempt?.status === 'unknown' && !attempt.error && (
        <Callout
          tone="wa"
          icon={<IconAlertCircleFilled size={18} aria-hidden />}
          title="How this try ended is not known"
        >
          <p>The process that made it stopped in the middle. The next try carries the same idempotency key.</p>
        </Callout>
      )}
      {attempt && step.status === 'waiting' && index === step.attempts.length - 1 && attempt.nextAttemptAt && (
        <NextTry at={attempt.nextAttemptAt} />
      )}
      {attempt && <TryExchange key={attempt.id} runId={run.id} attempt={attempt} />}
      {attempt && <FilledValues run={run} stepKey={step.key} />}
    </section>
  );
}

/** The newest ones, and the selected one in any case; newest first, as the mind asks for them. */
function triesToOffer(attempts: Attempt[], selected: number): Attempt[] {
  const start = Math.max(0, Math.min(selected, attempts.length - TRIES_SHOWN));
  return attempts.slice(start, start + TRIES_SHOWN).reverse();
}

function CauseBox({ attempts, index }: { attempts: Attempt[]; index: number }) {
  const attempt = attempts[index];
  if (!attempt.error) return null;
  const { title, advice } = causeOf(attempt.error, attempt, sameCauseInARow(attempts, index));
  return (
    <Callout tone="er" icon={<IconAlertCircleFilled size={18} aria-hidden />} title={title} code={attempt.error.code}>
      <p className="foreign">{attempt.error.message}</p>
      {advice && <p>{advice}</p>}
    </Callout>
  );
}

function NextTry({ at }: { at: string }) {
  const left = Date.parse(at) - useNow();
  return (
    <Callout
      tone="wa"
      icon={<IconClock size={18} aria-hidden />}
      title={left > 0 ? `Next try in ${formatDuration(Math.ceil(left / 1_000) * 1_000)}` : 'Next try any moment now'}
    >
      <p>At {formatClock(at)}. The same request goes out again, with the same idempotency key.</p>
    </Callout>
  );
}

function WaitsForSignIn() {
  return (
    <Callout
      tone="wa"
      icon={<IconClock size={18} aria-hidden />}
      title="This run waits until its connection works again"
    >
      <p>
        <Link to="/connections">Sign in again</Link>, and it goes on by itself. Nothing is lost meanwhile.
      </p>
    </Callout>
  );
}

function NotReached({ step, run }: { step: RunStep; run: Run }) {
  if (step.takenOver)
    return (
      <p className={classes.plain}>
        Taken over: {step.status === 'failed' ? 'it had failed and was passed over' : 'it had succeeded'} in the run
        that this one repeats, so nothing was sent.{' '}
        <Link to={`/runs/${run.replayOf}?step=${step.key}`}>See what it sent then</Link>
      </p>
    );
  if (step.status === 'skipped')
    return (
      <p className={classes.plain}>
        {run.status === 'succeeded'
          ? 'Skipped: its condition did not hold. Nothing was sent.'
          : 'Skipped: the run ended before this step. Nothing was sent.'}
      </p>
    );
  return <p className={classes.plain}>Not reached yet. What it sends and gets appears here as it happens.</p>;
}
