import type { HttpInput, Pair } from '../../core/definition.js';
import { pairFate } from '../../core/mapping.js';
import { MappingError } from '../../platform/expressions/template.js';
import { toText } from '../../platform/expressions/text.js';
import { compileValue, type FaultList, type Mapped } from './mapped-value.js';

/** Keys and values as they are sent, null rules applied. */
export type ResolvedPair = [key: string, value: unknown];

/** @param what one of them, in the words of the editor */
export function compilePairs(
  pairs: readonly Pair[],
  where: 'query' | 'headers' | 'body',
  what: string,
  omitNulls: boolean,
  faults: FaultList,
): Mapped<ResolvedPair[]> {
  const compiled = pairs.map(({ key, value, whenMissing, default: instead }, index) => ({
    key,
    whenMissing,
    value: compileValue(value, [where, index, 'value'], faults),
    fallback: compileValue(instead, [where, index, 'default'], faults),
  }));
  return (scope, budget) => {
    const resolved: ResolvedPair[] = [];
    for (const { key, whenMissing, value, fallback } of compiled) {
      const mapped = valueOf(() => value(scope, budget), what, key);
      const isReplaced = mapped === null && whenMissing === 'default';
      const instead = isReplaced ? valueOf(() => fallback(scope, budget), what, key) : undefined;
      const fate = pairFate({ whenMissing, default: instead }, mapped, omitNulls);
      if (fate.kind === 'fail') {
        throw new MappingError(`The ${what} "${key}" has no value here, and it must have one.`);
      }
      if (fate.kind === 'send') resolved.push([key, fate.value]);
    }
    return resolved;
  };
}

function valueOf(evaluate: () => unknown, what: string, key: string): unknown {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof MappingError) throw new MappingError(`The ${what} "${key}": ${error.message}`);
    throw error;
  }
}

/** One RFC 3986 component: everything but unreserved characters is percent-encoded, as UTF-8. */
export const encodeComponent = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** `application/x-www-form-urlencoded` (WHATWG URL, 5.2): a space is `+`. */
const encodeForm = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

export const queryText = (pairs: readonly ResolvedPair[], arrays: HttpInput['queryArrays']): string =>
  urlencoded(pairs, arrays, encodeComponent);

export const formText = (pairs: readonly ResolvedPair[], arrays: HttpInput['queryArrays']): string =>
  urlencoded(pairs, arrays, encodeForm);

/** Null is an empty value, other values are text; a list is several pairs, or one with commas. */
function urlencoded(
  pairs: readonly ResolvedPair[],
  arrays: HttpInput['queryArrays'],
  encode: (text: string) => string,
): string {
  return pairs
    .flatMap(([key, value]) => {
      if (!Array.isArray(value)) return [`${encode(key)}=${encode(toText(value))}`];
      const elements = value.map((element) => encode(toText(element)));
      switch (arrays) {
        case 'repeat':
          return elements.map((element) => `${encode(key)}=${element}`);
        case 'brackets':
          return elements.map((element) => `${encode(`${key}[]`)}=${element}`);
        case 'indices':
          return elements.map((element, index) => `${encode(`${key}[${index}]`)}=${element}`);
        case 'comma':
          return [`${encode(key)}=${elements.join(',')}`];
      }
    })
    .join('&');
}
