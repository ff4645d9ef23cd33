import type { Run, RunStep, Step } from '../../api/types.js';

/** What is known of a step of the version that a replay would run. */
export type PlannedStep = Pick<Step, 'key' | 'action'> & Partial<Pick<Step, 'name' | 'idempotencyKey'>>;

const hasResult = ({ attempts, takenOver }: RunStep): boolean => takenOver || attempts.length > 0;

/** The step that made the run fail: its error is the run's own. A step whose error was passed over is not it. */
export function failedStep({ status, steps, error }: Run): RunStep | undefined {
  if (status !== 'failed' && status !== 'canceled') return undefined;
  const failed = steps.filter((step) => step.status === 'failed');
  return (
    failed.find((step) => step.error?.code === error?.code && step.error?.message === error?.message) ?? failed.at(-1)
  );
}

/** As the builder counts: what starts the run is step 1. */
export const positionOf = (steps: readonly { key: string }[], key: string): number =>
  steps.findIndex((step) => step.key === key) + 2;

/** The steps of `planned` that a replay may start from: the run got as far as these. */
export function startsFor(run: Run, planned: readonly PlannedStep[]): PlannedStep[] {
  const reached = new Set(run.steps.filter(hasResult).map(({ key }) => key));
  return planned.filter(({ key }) => reached.has(key));
}

/** What a replay from `from` runs: that step and all behind it, and those before it that have no result to take over. */
export function stepsToRun(run: Run, planned: readonly PlannedStep[], from: string): PlannedStep[] {
  if (from === 'start') return [...planned];
  const start = planned.findIndex(({ key }) => key === from);
  const results = new Set(run.steps.filter(hasResult).map(({ key }) => key));
  return planned.filter(({ key }, index) => index >= start || !results.has(key));
}

/** Those of `toRun` that the run has called already: their receivers hear from it again. */
export function sentBefore(run: Run, toRun: readonly PlannedStep[]): Set<string> {
  const called = run.steps.filter(
    (step) =>
      step.takenOver || step.attempts.some(({ request, error }) => request !== null && error?.code !== 'mapping'),
  );
  const keys = new Set(called.map(({ key }) => key));
  return new Set(toRun.map(({ key }) => key).filter((key) => keys.has(key)));
}
