import type { Step } from './definition.js';

/** What a run that is over left of one of its steps: how its last attempt ended. */
export type StepTrace = 'succeeded' | 'failed';

/**
 * How far a run got: the index of the first top-level step that was not done with when it ended, or the number of steps.
 * A step without a trace was skipped if a later one was tried.
 */
export function reached(steps: readonly Step[], traces: ReadonlyMap<string, StepTrace>, runSucceeded: boolean): number {
  if (runSucceeded) return steps.length;
  const lastTried = steps.findLastIndex(({ key }) => traces.has(key));
  for (const [index, step] of steps.entries()) {
    const trace = traces.get(step.key);
    const passed = index < lastTried && (trace === undefined || step.onError === 'continue');
    if (trace !== 'succeeded' && !passed) return index;
  }
  return steps.length;
}

export type ReplayStart = 'start' | 'failed' | (string & {});

export type ReplayPlan =
  | { kind: 'plan'; fromStart: boolean; /** Keys of steps whose results are taken over. */ taken: string[] }
  | { kind: 'refused'; code: 'nothing_failed' | 'unknown_step' | 'step_not_reached'; message: string };

/**
 * What a replay takes over from the run it repeats. `steps` are those it will run, which may be of another version:
 * a step before `from` that has no result in the old run is run as it comes.
 */
export function replayPlan(
  from: ReplayStart,
  steps: readonly Step[],
  old: { steps: readonly Step[]; traces: ReadonlyMap<string, StepTrace>; succeeded: boolean },
): ReplayPlan {
  if (from === 'start') return { kind: 'plan', fromStart: true, taken: [] };
  const done = reached(old.steps, old.traces, old.succeeded);
  if (from === 'failed' && done === old.steps.length) {
    return refused('nothing_failed', 'No step of this run failed: replay it from the start, or name a step.');
  }
  const key = from === 'failed' ? old.steps[done].key : from;
  const index = steps.findIndex((step) => step.key === key);
  if (index < 0) {
    const known = steps.map((step) => step.key).join(', ');
    return refused('unknown_step', `The version to run has no step "${key}" to start from. It has: ${known}.`);
  }
  if (old.steps.findIndex((step) => step.key === key) > done) {
    const message = `The run did not get as far as "${key}": replay it from "${old.steps[done].key}", or from an earlier step.`;
    return refused('step_not_reached', message);
  }
  const doneKeys = new Set(old.steps.slice(0, done).map((step) => step.key));
  const taken = steps
    .slice(0, index)
    .map((step) => step.key)
    .filter((each) => doneKeys.has(each) && old.traces.has(each));
  return { kind: 'plan', fromStart: false, taken };
}

const refused = (code: Extract<ReplayPlan, { kind: 'refused' }>['code'], message: string): ReplayPlan => ({
  kind: 'refused',
  code,
  message,
});
