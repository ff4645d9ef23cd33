import { isObject } from '../../core/json.js';
import { EXHAUSTED, type Budget } from './budget.js';
import { MappingError } from './errors.js';
import { MAX_TEXT } from './text.js';

/** Text is looked at this many characters per unit. */
const CHARS_PER_UNIT = 64;
const LIST_ITEMS_PER_UNIT = 2;
/** A search costs text × pattern in its worst case. */
const COMPARISONS_PER_UNIT = 1024;
const SEARCHES: ReadonlySet<string> = new Set(['contains', 'indexOf', 'lastIndexOf', 'split']);

let budget: Budget | undefined;

/** Runs an evaluation of guarded trees at the expense of `purse`. */
export function spending<T>(purse: Budget, evaluate: () => T): T {
  const outer = budget;
  budget = purse;
  try {
    const value = evaluate();
    if (purse.isExhausted) throw EXHAUSTED; // caught on its way by a quantifier
    return value;
  } finally {
    budget = outer;
  }
}

export function spend(units: number): void {
  if (!budget) throw new Error('A guarded expression was evaluated without a budget.');
  budget.spend(units);
}

/** What a function of ours pays for reading text. */
export const spendOnText = (...texts: string[]): void =>
  spend(texts.reduce((units, text) => units + text.length / CHARS_PER_UNIT, 1));

export function limitText(length: number): void {
  if (length > MAX_TEXT) throw new MappingError('The expression makes a text of more than 1 MiB.');
}

export function chargeConcat(left: unknown, right: unknown): void {
  const size = sizeOf(left) + sizeOf(right);
  if (Array.isArray(left)) return spend(size / LIST_ITEMS_PER_UNIT);
  limitText(size);
  spend(size / CHARS_PER_UNIT);
}

export function chargeCall(name: string, args: unknown[]): void {
  const [subject, pattern] = args;
  if (typeof subject === 'string' && typeof pattern === 'string' && SEARCHES.has(name)) {
    spend((subject.length * pattern.length) / COMPARISONS_PER_UNIT + (name === 'split' ? subject.length / 8 : 0));
  }
  if (name === 'join' && Array.isArray(subject)) {
    const separator = typeof pattern === 'string' ? pattern.length : 0;
    limitText(subject.reduce<number>((sum, item) => sum + sizeOf(item) + separator, 0));
  }
  // The library reads durations by a pattern that tries every split of every run of digits.
  if (name === 'duration' && typeof subject === 'string') spend(subject.length ** 3 / 1000);
  if (name.startsWith('get') && args.length > 1) spend(100); // a calendar of another time zone
  for (const arg of args) spend(1 + sizeOf(arg) / (typeof arg === 'string' ? CHARS_PER_UNIT : LIST_ITEMS_PER_UNIT));
}

export function chargeCompare(left: unknown, right: unknown): void {
  if (typeof left === 'string') spend(left.length / CHARS_PER_UNIT);
  if (typeof right === 'object' && right !== null) {
    spend(weighValue(right));
    spend(weighValue(left));
  }
}

/** Members of a value at every depth. Paid while it counts, so that counting is bounded as well. */
function weighValue(value: unknown): number {
  if (typeof value === 'string') return value.length / CHARS_PER_UNIT;
  if (typeof value !== 'object' || value === null) return 1;
  const all = value instanceof Map ? [...value.values()] : value;
  const members = Array.isArray(all) ? all : isObject(all) ? Object.values(all) : [];
  spend(members.length / LIST_ITEMS_PER_UNIT);
  return members.reduce<number>((sum, member) => sum + weighValue(member), 1);
}

/** Length of text or bytes, items of a list, keys of an object. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string' || value instanceof Uint8Array || Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  return isObject(value) ? Object.keys(value).length : 1;
}
