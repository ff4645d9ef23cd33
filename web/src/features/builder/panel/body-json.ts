import type { Pair } from '../../../api/types.js';
import { jsonLines } from '../../../ui/json-lines.js';
import { segmentsOf } from '../../../mapping/template.js';

export type ReadBody = { pairs: Pair[] } | { problem: string };

/** Body parameters as one JSON object, laid out; a value that is one expression stands as a text with braces in it. */
export function bodyText(pairs: readonly Pair[]): string {
  if (pairs.length === 0) return '{\n  \n}';
  const members = pairs.map(({ key, value }) => `  ${JSON.stringify(key)}: ${indent(JSON.stringify(value, null, 2))}`);
  return `{\n${members.join(',\n')}\n}`;
}

const indent = (json: string): string => json.replaceAll('\n', '\n  ');

/**
 * The parameters of a JSON object, in the order in which they are written. Expressions may stand in quotes or bare.
 * What the rows say besides a value (`whenMissing`, `default`) is kept for keys that stay.
 */
export function readBody(text: string, before: readonly Pair[]): ReadBody {
  const quoted = quoteExpressions(text);
  const lines = jsonLines(quoted);
  if (!lines) return { problem: 'This is not valid JSON yet. The rows keep what was valid last.' };
  const value: unknown = JSON.parse(quoted);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: 'Body parameters are one object: { "key": value }. A custom call can send any JSON.' };
  }
  const keys = lines
    .filter(({ depth }) => depth === 1)
    .flatMap(({ tokens }) => tokens.filter(({ kind }) => kind === 'key').slice(0, 1))
    .map((token) => JSON.parse(token.text) as string);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) return { problem: `The key "${twice}" is there twice.` };
  if (keys.includes('')) return { problem: 'A key may not be empty.' };
  const loses = lossyNumber(lines.flatMap(({ tokens }) => tokens));
  if (loses) return { problem: `The number ${loses} has more digits than can be kept: put it in quotes.` };
  const object = value as Record<string, unknown>;
  return {
    pairs: keys.map((key) => {
      const was = before.find((pair) => pair.key === key);
      return { ...was, key, value: object[key] };
    }),
  };
}

function lossyNumber(tokens: readonly { kind: string; text: string }[]): string | undefined {
  return tokens.find(({ kind, text }) => kind === 'number' && /\d{16}/.test(text) && String(Number(text)) !== text)
    ?.text;
}

/** `{"a": {{ b }}}` as `{"a": "{{ b }}"}`: both mean the same. */
function quoteExpressions(text: string): string {
  let quoted = '';
  let isInString = false;
  for (const segment of segmentsOf(text)) {
    const part = text.slice(segment.from, segment.to);
    if (segment.kind !== 'text') {
      quoted += isInString ? part : JSON.stringify(part);
      continue;
    }
    for (let i = 0; i < part.length; i++) {
      if (isInString && part[i] === '\\') i++;
      else if (part[i] === '"') isInString = !isInString;
    }
    quoted += part;
  }
  return quoted;
}
