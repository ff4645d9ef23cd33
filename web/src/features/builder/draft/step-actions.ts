import type { Step } from '../../../api/types.js';
import { newStep, type StepChoice } from '../../../flow/new-step.js';
import { keysOf } from '../../../flow/step-keys.js';
import { copyStep, findStep, insertStep, moveStep, removeStep, renameStep, type Place } from '../../../flow/steps.js';
import { announce } from '../../../ui/announce.js';
import type { DraftStore } from './draft-store.js';

/*
 * What people do to steps, on the canvas, in the list and in the panel: the same edits with the same words everywhere.
 */

/** Adds a step and selects it; answers its key. */
export function addStep(store: DraftStore, choice: StepChoice, place: Place): string {
  const step = newStep(choice, keysOf(store.getState().draft.steps));
  return put(store, `add step ${step.name}`, step, place);
}

/** Puts a copy of a step, of this draft or of another one, and selects it. */
export function pasteStep(store: DraftStore, step: Step, place: Place): string {
  return put(store, `paste step ${step.name}`, copyStep(store.getState().draft, step), place);
}

export function duplicateStep(store: DraftStore, key: string): void {
  const found = findStep(store.getState().draft, key);
  if (!found) return;
  const copy = copyStep(store.getState().draft, found.step);
  put(
    store,
    `duplicate step ${found.step.name}`,
    { ...copy, name: `Copy of ${copy.name}`.slice(0, 200) },
    { after: key },
  );
}

/** Deletes a step; the one after it, or before it, is selected then. */
export function deleteStep(store: DraftStore, key: string): void {
  const { draft, edit, select, selection } = store.getState();
  const found = findStep(draft, key);
  if (!found) return;
  const list = found.parent?.errorSteps ?? draft.steps;
  const near = list[found.index + 1] ?? list[found.index - 1];
  edit(`delete step ${found.step.name}`, (now) => removeStep(now, key));
  announce(`Deleted ${found.step.name}. Ctrl Z brings it back.`);
  if (selection.step === key) select(near?.key ?? found.parent?.key ?? 'trigger');
}

export function shiftStep(store: DraftStore, key: string, by: -1 | 1): void {
  const { draft, edit } = store.getState();
  const found = findStep(draft, key);
  if (!found) return;
  edit(`move step ${found.step.name}`, (now) => moveStep(now, key, by));
  if (store.getState().draft !== draft) announce(`Moved ${found.step.name} ${by < 0 ? 'up' : 'down'}`);
}

export function nameStep(store: DraftStore, key: string, name: string): void {
  const clean = name.trim().slice(0, 200);
  if (clean)
    store.getState().edit('rename the step', (draft) => renameStep(draft, key, clean), { merge: `${key}/name` });
}

function put(store: DraftStore, label: string, step: Step, place: Place): string {
  const { edit, select } = store.getState();
  edit(label, (draft) => insertStep(draft, step, place));
  select(step.key);
  announce(`Added ${step.name}`);
  return step.key;
}
