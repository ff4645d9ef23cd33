import type { Run } from '../../api/types.js';
import { Chip } from '../../ui/chip.js';
import { MethodIcon } from '../../ui/method-icon.js';
import { positionOf, type PlannedStep } from './replay-choice.js';
import classes from './replay-dialog.module.css';

interface ReplayPlanProps {
  run: Run;
  from: string;
  /** Undefined until it is read. */
  planned: PlannedStep[] | undefined;
  toRun: PlannedStep[] | undefined;
  /** Keys of steps that were called before. */
  again: Set<string>;
  hasOwnData: boolean;
}

/** What the replay is going to do, step by step, and what receivers can tell of it. */
export function ReplayPlan({ run, from, planned, toRun, again, hasOwnData }: ReplayPlanProps) {
  if (!planned || !toRun) return <p role="status">Reading the steps…</p>;
  const runs = new Set(toRun.map(({ key }) => key));
  const keeps = planned.some(({ key }) => !runs.has(key));
  return (
    <section aria-labelledby="replay-plan" className={classes.plan}>
      <h3 id="replay-plan">What happens</h3>
      <ol>
        {planned.map((step) => (
          <li key={step.key} data-kept={!runs.has(step.key) || undefined}>
            <MethodIcon method={step.action} faded={!runs.has(step.key)} />
            <span className={`${classes.step} foreign`}>
              {positionOf(planned, step.key)}. {step.name || step.key}
            </span>
            {!runs.has(step.key) ? (
              <Chip>Result kept, not called</Chip>
            ) : again.has(step.key) ? (
              <Chip tone="wa">Sent again</Chip>
            ) : (
              <Chip tone="in">Sent</Chip>
            )}
          </li>
        ))}
      </ol>
      <p>
        {from === 'start'
          ? 'Every call gets a new idempotency key: receivers take it for a new one.'
          : `Calls keep their idempotency keys: a receiver that has acted on one can tell that it is the same.`}
        {toRun.some(({ idempotencyKey }) => idempotencyKey === false) && ' Steps that send no key stay without one.'}
      </p>
      {hasOwnData && keeps && (
        <p>Kept results were worked out with the data of run {run.number.toLocaleString('en')}.</p>
      )}
    </section>
  );
}
