import type { Step } from '../api/types.js';

const LONGEST = 64;

export const keysOf = (steps: Step[]): Set<string> =>
  new Set(steps.flatMap((step) => [step.key, ...keysOf(step.errorSteps)]));

/** A key made of words: `Create the entry` gives `create_the_entry`. Set once, when the step is made. */
export function keyFrom(words: string): string {
  const plain = words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const key = plain.replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '');
  return key.slice(0, LONGEST).replace(/_+$/, '') || 'step';
}

/** `wanted`, or the first of `wanted_2`, `wanted_3` … that is free. */
export function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const base = wanted.replace(/_\d+$/, '');
  for (let number = 2; ; number++) {
    const ending = `_${number}`;
    const key = base.slice(0, LONGEST - ending.length) + ending;
    if (!taken.has(key)) return key;
  }
}
