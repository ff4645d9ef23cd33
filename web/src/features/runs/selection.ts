import type { Run, RunStep } from '../../api/types.js';

/** Stands for the event in the place of a step's key; keys begin with a letter, so none can be this. */
export const EVENT = '@event';

export interface Selection {
  step: string;
  /** The number of the try; null where a step has none. */
  attempt: number | null;
}

/** What the page shows: what was chosen, as long as it exists; else the step that decides, with its newest try. */
export function selectionOf(run: Run, step: string | null, attempt: string | null): Selection {
  if (step === EVENT) return { step, attempt: null };
  const chosen = run.steps.find(({ key }) => key === step) ?? decidingStep(run);
  if (!chosen) return { step: EVENT, attempt: null };
  const wanted = chosen.attempts.find(({ number }) => String(number) === attempt) ?? chosen.attempts.at(-1);
  return { step: chosen.key, attempt: wanted?.number ?? null };
}

function decidingStep({ steps }: Run): RunStep | undefined {
  return (
    steps.find((step) => step.status === 'failed') ??
    steps.find((step) => step.status === 'running' || step.status === 'waiting') ??
    steps.findLast((step) => step.attempts.length > 0) ??
    steps[0]
  );
}

export function stepBy(run: Run, { step }: Selection, by: number): Selection {
  const keys = [EVENT, ...run.steps.map(({ key }) => key)];
  const at = Math.min(keys.length - 1, Math.max(0, keys.indexOf(step) + by));
  return selectionOf(run, keys[at], null);
}

export function tryBy(run: Run, selection: Selection, by: number): Selection {
  const attempts = run.steps.find(({ key }) => key === selection.step)?.attempts ?? [];
  const at = attempts.findIndex(({ number }) => number === selection.attempt);
  const next = attempts[Math.min(attempts.length - 1, Math.max(0, at + by))];
  return next ? { step: selection.step, attempt: next.number } : selection;
}
