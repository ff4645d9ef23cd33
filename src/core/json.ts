/**
 * JSON without loss. `JSON.parse` turns 12345678901234567890 and 1.0 into other numbers; a workflow engine must hand on
 * what it was given. Numbers that a double would change are kept as `JSON.rawJSON` objects, which `JSON.stringify`
 * writes back digit by digit (tc39/proposal-json-parse-with-source; in V8 since Node 21).
 */
interface RawJson {
  readonly rawJSON: string;
}
interface JsonWithRaw {
  rawJSON(text: string): RawJson;
  isRawJSON(value: unknown): value is RawJson;
}
const json = JSON as unknown as JsonWithRaw;

/**
 * Parses JSON; numbers that a double would write differently come back as raw numbers. Throws `SyntaxError`.
 * @param plain what `JSON.parse` made of the same text, where somebody has parsed it already
 */
export function parseJson(text: string, plain?: unknown): unknown {
  const marked = withMarks(text);
  if (marked === null) return plain === undefined ? JSON.parse(text) : plain;
  return unmarked(JSON.parse(marked));
}

/** Nobody outside knows it, so that no text of theirs looks like a number of ours. */
const MARK = crypto.randomUUID().slice(0, 8);
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SMALL_INTEGER = /^\d{1,15}$/;

/**
 * The text with every number that a double would change written as a marked string; null where there is none. Several
 * times as fast as a reviver, which is called for every value there is.
 */
function withMarks(text: string): string | null {
  let marked = '';
  let from = 0;
  for (let found = rawNumber(text, 0); found !== null; found = rawNumber(text, from)) {
    marked += `${text.slice(from, found.at)}"${MARK}${text.slice(found.at, found.end)}"`;
    from = found.end;
  }
  return from === 0 ? null : marked + text.slice(from);
}

/** Whether more numbers of a JSON text than so many come back raw: each takes a microsecond, and its memory. */
export function hasMoreRawNumbers(text: string, most: number): boolean {
  let count = 0;
  for (let found = rawNumber(text, 0); found !== null; found = rawNumber(text, found.end)) {
    if (++count > most) return true;
  }
  return false;
}

/** The first number from `from`, which is in no string, that a double would write differently. */
function rawNumber(text: string, from: number): { at: number; end: number } | null {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) i = endOfString(text, i);
    else if (code === 45 || (code >= 48 && code <= 57)) {
      const end = endOfValue(text, i);
      const number = text.slice(i, end);
      if (!SMALL_INTEGER.test(number) && String(Number(number)) !== number && NUMBER.test(number))
        return { at: i, end };
      i = end - 1;
    }
  }
  return null;
}

/** Puts raw numbers in the places of marked strings; in a loop, because a text may nest deeper than functions can. */
function unmarked(tree: unknown): unknown {
  const root = [tree];
  const open: object[] = [root];
  const visit = (value: unknown): RawJson | null => {
    if (typeof value === 'string') return value.startsWith(MARK) ? json.rawJSON(value.slice(MARK.length)) : null;
    if (typeof value === 'object' && value !== null) open.push(value);
    return null;
  };
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (Array.isArray(node)) {
      for (let i = 0; i < node.length; i++) node[i] = visit(node[i]) ?? (node[i] as unknown);
      continue;
    }
    for (const [key, value] of Object.entries(node)) {
      const raw = visit(value);
      // An assignment would not make a member "__proto__".
      if (raw) Object.defineProperty(node, key, { value: raw, writable: true, enumerable: true, configurable: true });
    }
  }
  return root[0];
}

/** True for a number kept as its text. */
export const isRawNumber = (value: unknown): value is RawJson => json.isRawJSON(value);

/** True for what JSON calls an object: not null, not an array, not a raw number. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);

/** The nearest double of a number that may be raw. */
export const toNumber = (value: number | RawJson): number =>
  typeof value === 'number' ? value : Number(value.rawJSON);

/** How deep a JSON text nests, counted without parsing it, so that a hostile text can be refused before it is. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) i = endOfString(text, i);
    else if (code === 123 || code === 91) {
      if (++depth > deepest) deepest = depth;
    } else if (code === 125 || code === 93) depth--;
  }
  return deepest;
}

/** Whether a JSON text holds more than `most` members and elements together, counted without parsing it. */
export function hasMoreValues(text: string, most: number): boolean {
  let values = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) i = endOfString(text, i);
    else if ((code === 44 || code === 123 || code === 91) && ++values > most) return true;
  }
  return false;
}

/**
 * The text of one member of a JSON object, exactly as it was written (of a repeated key the last, as `JSON.parse`
 * decides). `text` must be valid JSON. Undefined where there is no such member.
 */
export function memberText(text: string, key: string): string | undefined {
  let depth = 0;
  let found: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) depth--;
    else if (code === 34) {
      const end = endOfString(text, i);
      const colon = depth === 1 ? skipSpace(text, end + 1) : -1;
      if (colon >= 0 && text.charCodeAt(colon) === 58 && JSON.parse(text.slice(i, end + 1)) === key) {
        const from = skipSpace(text, colon + 1);
        const to = endOfValue(text, from);
        found = text.slice(from, to);
        i = to - 1;
      } else i = end;
    }
  }
  return found;
}

/** The texts of the elements of a JSON array, exactly as they were written. `text` must be a valid JSON array. */
export function elementTexts(text: string): string[] {
  const elements: string[] = [];
  let i = skipSpace(text, skipSpace(text, 0) + 1);
  while (i < text.length && text.charCodeAt(i) !== 93) {
    const end = endOfValue(text, i);
    elements.push(text.slice(i, end));
    i = skipSpace(text, end);
    if (text.charCodeAt(i) === 44) i = skipSpace(text, i + 1);
  }
  return elements;
}

function skipSpace(text: string, i: number): number {
  while (i < text.length && text.charCodeAt(i) <= 32) i++;
  return i;
}

/** Index of the quote that closes the string opened at `i`. */
function endOfString(text: string, i: number): number {
  for (let end = text.indexOf('"', i + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

/** White space, `,`, `]` or `}`. */
const endsScalar = (code: number): boolean => code <= 32 || code === 44 || code === 93 || code === 125;

/** Index after the value that begins at `i`. */
function endOfValue(text: string, i: number): number {
  const first = text.charCodeAt(i);
  if (first === 34) return endOfString(text, i) + 1;
  if (first !== 123 && first !== 91) {
    while (i < text.length && !endsScalar(text.charCodeAt(i))) i++;
    return i;
  }
  let depth = 0;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) i = endOfString(text, i);
    else if (code === 123 || code === 91) depth++;
    else if ((code === 125 || code === 93) && --depth === 0) return i + 1;
  }
  return text.length;
}

/**
 * One text for one content: keys sorted by code unit, no white space, numbers by value (RFC 8785, but numbers beyond a
 * double keep all their digits, so that two big ids never look alike).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isRawNumber(value)) return canonicalNumber(value.rawJSON);
  if (isObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

function canonicalNumber(source: string): string {
  const value = Number(source);
  if (value === 0) return '0';
  const digits = source
    .replace(/[eE].*$/, '')
    .replace(/^-?[0.]*|\./g, '')
    .replace(/0+$/, '');
  return digits.length > 15 || !Number.isFinite(value) ? source.toLowerCase() : String(value);
}
