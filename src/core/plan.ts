import type { Definition, Step } from './definition.js';
import type { RunError } from './run.js';

/** How one step ended for good, in the order in which steps ended. */
export interface StepEnd {
  key: string;
  status: 'succeeded' | 'failed' | 'skipped';
  error: RunError | null;
}

export type NextMove =
  | { kind: 'step'; step: Step }
  | { kind: 'end'; status: 'succeeded' }
  | { kind: 'end'; status: 'failed'; error: RunError };

/**
 * What a run does next, given what it has done. A failed step stops the run, is passed over (`continue`), or runs its
 * error steps first and then fails the run with the step's own error. Pure: a run picked up after a crash comes to the
 * same answer as the process that died.
 */
export function nextMove(definition: Definition, ended: ReadonlyMap<string, StepEnd>): NextMove {
  for (const step of definition.steps) {
    const end = ended.get(step.key);
    if (end === undefined) return { kind: 'step', step };
    if (end.status !== 'failed' || step.onError === 'continue') continue;
    if (step.onError === 'error-steps') {
      for (const errorStep of step.errorSteps) {
        const errorEnd = ended.get(errorStep.key);
        if (errorEnd === undefined) return { kind: 'step', step: errorStep };
        if (errorEnd.status === 'failed' && errorStep.onError !== 'continue') break;
      }
    }
    return { kind: 'end', status: 'failed', error: end.error! };
  }
  return { kind: 'end', status: 'succeeded' };
}

/** Every step of a definition, error steps after the step they belong to. */
export function allSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => [step, ...allSteps(step.errorSteps)]);
}
