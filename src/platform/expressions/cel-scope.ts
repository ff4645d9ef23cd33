import { isObject } from '../../core/json.js';
import { spend } from './cel-cost.js';

type Scope = Readonly<Record<string, unknown>>;
export type Path = readonly string[];

/** Members looked at for one unit of work. */
const MEMBERS_PER_UNIT = 32;

/**
 * The library asks a value's `constructor` what the value is, and takes a member of that name for the answer. An object
 * that has one stands in the scope as a `Map`, which is a map to CEL as well. Only what the paths lead to is looked at.
 */
export const celScope = (scope: Scope, paths: readonly Path[]): Scope =>
  paths.some((path) => leadsToMisread(scope, path))
    ? paths.reduce((seen, path) => along(seen, path, 0) as Scope, scope)
    : scope;

/** Nearly always false, so that it is asked first: an expression takes hardly longer than this. */
function leadsToMisread(scope: Scope, path: Path): boolean {
  let value: unknown = scope;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return isMisread(value);
    if (isMisread(value)) return true;
    value = (value as Record<string, unknown>)[key];
  }
  return holdsMisread(value);
}

function along(value: unknown, path: Path, at: number): unknown {
  if (at === path.length) return holdsMisread(value) ? readable(value) : value;
  const key = path[at];
  const member = memberOf(value, key);
  if (member === undefined) return isMisread(value) ? readable(value) : value;
  const seen = along(member, path, at + 1);
  if (seen === member && !isMisread(value)) return value;
  if (Array.isArray(value)) return value.with(Number(key), seen);
  if (value instanceof Map) return new Map(value).set(key, seen);
  const members = { ...(value as object), [key]: seen };
  return isMisread(value) ? new Map(Object.entries(members)) : members;
}

function memberOf(value: unknown, key: string): unknown {
  if (value instanceof Map) return value.get(key);
  if (!Array.isArray(value) && !isObject(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** No list has such a member of its own, and no raw number. */
const isMisread = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'constructor');

/** At any depth. */
function holdsMisread(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isMisread(value)) return true;
  const members = Array.isArray(value) ? value : Object.values(value);
  spend(members.length / MEMBERS_PER_UNIT);
  return members.some(holdsMisread);
}

function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, readable(member)] as const);
  return isMisread(value) ? new Map(members) : Object.fromEntries(members);
}
