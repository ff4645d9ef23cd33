import type { Pair, WhenMissing } from './definition.js';
import { isObject } from './json.js';

/** What becomes of one pair once its value is known. */
export type PairFate = { kind: 'send'; value: unknown } | { kind: 'leave-out' } | { kind: 'fail' };

/**
 * Null and missing are one thing here (Kissflow: "a mapped field is empty"); `0`, `false`, `""` and `[]` are values.
 * The pair's own rule wins over the step's `omitNulls`.
 */
export function pairFate(pair: Pick<Pair, 'whenMissing' | 'default'>, value: unknown, omitNulls: boolean): PairFate {
  const rule: WhenMissing = pair.whenMissing ?? (omitNulls ? 'omit' : 'send-null');
  if (value !== null && value !== undefined) {
    return { kind: 'send', value: rule === 'omit' ? withoutNulls(value) : value };
  }
  switch (rule) {
    case 'send-null':
      return { kind: 'send', value: null };
    case 'omit':
      return { kind: 'leave-out' };
    case 'empty':
      return { kind: 'send', value: '' };
    case 'default':
      return { kind: 'send', value: pair.default ?? null };
    case 'fail':
      return { kind: 'fail' };
  }
}

/** The value with every null member left out, at every depth. Nulls in lists stay: they hold a place. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([key, member]) => [key, withoutNulls(member)]),
  );
}
