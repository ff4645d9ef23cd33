import type { Fault } from '../api/types.js';
import type { Draft } from './draft.js';
import { findStep } from './steps.js';

/** The JSON pointer of a step in its draft, or of the trigger; null where there is no such step. */
export function pointerOf(draft: Pick<Draft, 'steps'>, step: string): string | null {
  if (step === 'trigger') return '/trigger';
  const found = findStep(draft, step);
  if (!found) return null;
  if (!found.parent) return `/steps/${found.index}`;
  return `/steps/${draft.steps.indexOf(found.parent)}/errorSteps/${found.index}`;
}

/** The step that a pointer leads into; null where it leads to the integration itself. */
export function stepAt({ steps }: Pick<Draft, 'steps'>, pointer: string): string | null {
  const [root, index, member, at] = pointer.split('/').slice(1);
  if (root === 'trigger') return 'trigger';
  const step = root === 'steps' ? steps[Number(index)] : undefined;
  if (!step) return null;
  return (member === 'errorSteps' && step.errorSteps[Number(at)]?.key) || step.key;
}

/** The problems of what lies at a pointer, itself and all below. */
export const faultsAt = (faults: Fault[], pointer: string): Fault[] =>
  faults.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`));

/** The problems of one step without those of its error steps. */
export function faultsOfStep(draft: Pick<Draft, 'steps'>, faults: Fault[], step: string): Fault[] {
  const pointer = pointerOf(draft, step);
  if (pointer === null) return [];
  return faultsAt(faults, pointer).filter(({ path }) => !path.startsWith(`${pointer}/errorSteps/`));
}
