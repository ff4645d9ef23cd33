import { isRawNumber } from '../../core/json.js';

/** A key of an object, or an index of a list. */
export type PathStep = string | number;

const ROOT = /^[\p{ID_Start}_$][\p{ID_Continue}$]*/u;
const STEP = /\s*(?:\.\s*([\p{ID_Start}_$][\p{ID_Continue}$]*)|\[\s*(\d{1,9})\s*\]|\[\s*("[^"\\]*"|'[^'\\]*')\s*\])/uy;

/**
 * The steps of a plain path (`trigger.data.list[0]["a key"]`), or null where the text is anything more: that is for CEL.
 * Names may be of any language, which CEL's may not.
 */
export function parsePath(text: string): PathStep[] | null {
  const root = ROOT.exec(text);
  if (!root) return null;
  const steps: PathStep[] = [root[0]];
  STEP.lastIndex = root[0].length;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (!match) return null;
    const [, name, index, quoted] = match;
    steps.push(name ?? (index === undefined ? quoted.slice(1, -1) : Number(index)));
  }
  return steps;
}

/**
 * What a path leads to, null where it leads to nothing. Own properties only: a prototype is never seen, an index reads
 * lists, a key reads objects, and what is not data (a list's `length`, a raw number's inside) is not there.
 */
export function readPath(scope: unknown, steps: readonly PathStep[]): unknown {
  let value = scope;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return null;
    if (Array.isArray(value) !== (typeof step === 'number')) return null;
    if (!Object.hasOwn(value, step) || isRawNumber(value)) return null;
    value = (value as Record<PathStep, unknown>)[step];
  }
  return value ?? null;
}
