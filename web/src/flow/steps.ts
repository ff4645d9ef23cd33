import type { Step } from '../api/types.js';
import type { Draft } from './draft.js';
import { freeKey, keysOf } from './step-keys.js';

/*
 * Changes of the chain of steps: each takes a draft and gives another one, sharing what is the same. Steps are named
 * by their key, which is unique in the whole draft, error steps included.
 */

/** Where a step goes: beside another one, first of all, or last among the error steps of one. */
export type Place = { after: string } | { before: string } | { first: true } | { errorStepOf: string };

export interface Found {
  step: Step;
  /** The step whose error step it is; null in the main chain. */
  parent: Step | null;
  /** In its own list. */
  index: number;
}

export function findStep({ steps }: Pick<Draft, 'steps'>, key: string): Found | null {
  for (const [index, step] of steps.entries()) {
    if (step.key === key) return { step, parent: null, index };
    const at = step.errorSteps.findIndex((each) => each.key === key);
    if (at >= 0) return { step: step.errorSteps[at], parent: step, index: at };
  }
  return null;
}

/** Every step in the order in which people count them: a step, its error steps, the next one. */
export const allSteps = (steps: Step[]): Step[] => steps.flatMap((step) => [step, ...step.errorSteps]);

/** The number shown on a step's card. The trigger is 1. */
export const stepNumber = ({ steps }: Pick<Draft, 'steps'>, key: string): number =>
  allSteps(steps).findIndex((step) => step.key === key) + 2;

export function updateStep(draft: Draft, key: string, change: (step: Step) => Step): Draft {
  const found = findStep(draft, key);
  if (!found) return draft;
  const next = change(found.step);
  return next === found.step ? draft : inList(draft, found.parent, (list) => list.with(found.index, next));
}

/** Changes the name only: mappings point at the key. */
export const renameStep = (draft: Draft, key: string, name: string): Draft =>
  updateStep(draft, key, (step) => (step.name === name ? step : { ...step, name }));

export function insertStep(draft: Draft, step: Step, place: Place): Draft {
  if ('first' in place) return { ...draft, steps: [step, ...draft.steps] };
  if ('errorStepOf' in place) {
    return updateStep(draft, place.errorStepOf, (parent) => ({
      ...parent,
      onError: 'error-steps',
      errorSteps: [...parent.errorSteps, step],
    }));
  }
  const found = findStep(draft, 'after' in place ? place.after : place.before);
  if (!found) return { ...draft, steps: [...draft.steps, step] };
  const at = found.index + ('after' in place ? 1 : 0);
  // An error step has no error steps of its own.
  const fitting = found.parent ? withoutErrorSteps(step) : step;
  return inList(draft, found.parent, (list) => list.toSpliced(at, 0, fitting));
}

export function removeStep(draft: Draft, key: string): Draft {
  const found = findStep(draft, key);
  return found ? inList(draft, found.parent, (list) => list.toSpliced(found.index, 1)) : draft;
}

/** One place up or down among its own; the same draft where it cannot go further. */
export function moveStep(draft: Draft, key: string, by: -1 | 1): Draft {
  const found = findStep(draft, key);
  if (!found) return draft;
  const list = found.parent ? found.parent.errorSteps : draft.steps;
  const to = found.index + by;
  if (to < 0 || to >= list.length) return draft;
  return inList(draft, found.parent, () => list.toSpliced(found.index, 1).toSpliced(to, 0, found.step));
}

/** A copy with keys of its own; what its error steps read of it, they read of the copy. */
export function copyStep(draft: Draft, step: Step): Step {
  const taken = keysOf(draft.steps);
  const renamed = new Map<string, string>();
  for (const each of [step, ...step.errorSteps]) {
    const key = freeKey(each.key, taken);
    taken.add(key);
    renamed.set(each.key, key);
  }
  const copy = (each: Step): Step => ({
    ...(withReads(each, renamed) as Step),
    key: renamed.get(each.key)!,
    errorSteps: each.errorSteps.map(copy),
  });
  return { ...copy(step), name: step.name };
}

const withoutErrorSteps = (step: Step): Step =>
  step.errorSteps.length === 0 && step.onError !== 'error-steps' ? step : { ...step, onError: 'stop', errorSteps: [] };

function inList(draft: Draft, parent: Step | null, change: (list: Step[]) => Step[]): Draft {
  if (!parent) return { ...draft, steps: change(draft.steps) };
  const errorSteps = change(parent.errorSteps);
  return { ...draft, steps: draft.steps.map((step) => (step === parent ? { ...parent, errorSteps } : step)) };
}

function withReads(value: unknown, renamed: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\bsteps\.([a-z][a-z0-9_]*)/g, (whole, key: string) => {
      const to = renamed.get(key);
      return to === undefined ? whole : `steps.${to}`;
    });
  }
  if (Array.isArray(value)) return value.map((element) => withReads(element, renamed));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withReads(member, renamed)]));
}
