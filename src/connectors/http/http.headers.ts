import type { HttpInput } from '../../core/definition.js';
import { MappingError } from '../../platform/expressions/template.js';
import { toText } from '../../platform/expressions/text.js';
import type { FaultList, Mapped } from './mapped-value.js';
import { compilePairs } from './pairs.js';

/** RFC 9110, 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** RFC 9110, 5.5: neither line breaks nor other controls, one byte for each character. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** They belong to the connection and to the message's framing (RFC 9110, 7.6.1), which are the HTTP client's. */
const NOT_OURS: ReadonlySet<string> = new Set([
  ...['connection', 'content-length', 'expect', 'host', 'http2-settings', 'keep-alive', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade'],
]);

/** True for a header that no step may set; `name` in lower case. */
export const belongsToConnection = (name: string): boolean => NOT_OURS.has(name) || name.startsWith('proxy-');

/** Names as written, values as text. Repeated names are sent repeatedly. */
export function compileHeaders(input: HttpInput, faults: FaultList): Mapped<[string, string][]> {
  input.headers.forEach(({ key, value }, index) => {
    const lower = key.toLowerCase();
    const path = ['headers', index, 'key'];
    if (!TOKEN.test(key)) {
      faults.add(path, 'invalid_header', `"${key.slice(0, 60)}" is no header name: letters, digits and - _ . are.`);
    } else if (belongsToConnection(lower)) {
      faults.add(path, 'invalid_header', `The header ${key} belongs to the connection and cannot be set. Remove it.`);
    }
    if (typeof value === 'string' && !value.includes('{{') && !FIELD_VALUE.test(value)) {
      faults.add(['headers', index, 'value'], 'invalid_header', `The header ${key}: ${UNSENDABLE}`);
    }
  });
  const resolve = compilePairs(input.headers, 'headers', 'header', input.omitNulls, faults);
  return (scope, budget) =>
    resolve(scope, budget).map(([name, value]) => {
      const text = toText(value);
      if (!FIELD_VALUE.test(text)) throw new MappingError(`The header ${name}: ${UNSENDABLE}`);
      return [name, text.trim()];
    });
}

const UNSENDABLE = 'its value holds a line break, a control character or a character outside Latin-1.';

export const headerOf = (headers: readonly (readonly [string, string])[], name: string): string | null =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? null;
