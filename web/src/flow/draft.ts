import type { Integration } from '../api/types.js';

/** What the builder edits: the parts of an integration that a save sends. Never changed in place. */
export type Draft = Pick<Integration, 'name' | 'description' | 'trigger' | 'steps'>;

export const draftOf = ({ name, description, trigger, steps }: Integration): Draft => ({
  name,
  description,
  trigger,
  steps,
});

/** Whether two values are the same JSON, whatever the order of members. What two drafts share is not looked into. */
export function sameContent(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((element, index) => sameContent(element, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => sameContent(one[key], other[key]));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
