import type { Draft } from './draft.js';
import { findStep } from './steps.js';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The card that an arrow key leads to; null where there is none in that direction. */
export function neighbourOf(draft: Pick<Draft, 'steps'>, key: string, direction: Direction): string | null {
  if (key === 'trigger') return direction === 'down' ? (draft.steps[0]?.key ?? null) : null;
  const found = findStep(draft, key);
  if (!found) return null;
  const { step, parent, index } = found;
  const list = parent ? parent.errorSteps : draft.steps;
  if (direction === 'right') return step.errorSteps[0]?.key ?? null;
  if (direction === 'left') return parent?.key ?? null;
  if (direction === 'down') return list[index + 1]?.key ?? null;
  return list[index - 1]?.key ?? parent?.key ?? 'trigger';
}

/** The step before or after one in the order of their numbers, what starts it included. */
export function stepBeside(draft: Pick<Draft, 'steps'>, key: string, by: -1 | 1): string | null {
  const order = ['trigger', ...draft.steps.flatMap((step) => [step.key, ...step.errorSteps.map((each) => each.key)])];
  return order[order.indexOf(key) + by] ?? null;
}
