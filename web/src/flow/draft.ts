import type { Integration } from '../api/types.js';

/** What the builder edits: the parts of an integration that a save sends. Never changed in place. */
export type Draft = Pick<Integration, 'name' | 'description' | 'trigger' | 'steps'>;

export const draftOf = ({ name, description, trigger, steps }: Integration): Draft => ({
  name,
  description,
  trigger,
  steps,
});

/** Whether two drafts have one content, whatever the order of their members. */
export const sameContent = (one: unknown, other: unknown): boolean =>
  one === other || canonical(one) === canonical(other);

/** JSON with sorted keys; members that are undefined do not count. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    isPlain(member) ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member,
  );

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
