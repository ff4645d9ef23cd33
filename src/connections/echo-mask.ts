import { MASK } from './connection-auth.js';

/** What is shorter is found in texts that have nothing to do with it. */
const MIN_CHARS = 8;
/** The same bytes in a text that is read as Latin-1. */
const MASK_BYTES = Buffer.from(MASK).toString('latin1');

/** Headers in the order they came, and the decompressed body. */
export interface Answer {
  headers: [string, string][];
  body: Buffer;
}

/**
 * Masks credentials in what a receiver answered that repeats its request: as they are, and as JSON, HTML or a URL write
 * them. An answer without them costs one search of its bytes for each, and comes back as it is.
 */
export class EchoMask {
  private readonly secrets: { known: string; patterns: RegExp[] }[];

  private constructor(secrets: string[]) {
    this.secrets = secrets.map((secret) => ({ known: longestPlain(secret), patterns: patternsOf(secret) }));
  }

  /** Null where there is nothing to look for: short secrets stay as they are. */
  static of(secrets: readonly string[]): EchoMask | null {
    // The longest first: one may be a part of another.
    const found = [...new Set(secrets)].filter(({ length }) => length >= MIN_CHARS).sort((a, b) => b.length - a.length);
    return found.length === 0 ? null : new EchoMask(found);
  }

  /** The same object where nothing is repeated. */
  answer(answer: Answer): Answer {
    const headers = answer.headers.map(([name, value]): [string, string] => [name, this.text(value)]);
    const body = this.body(answer.body);
    const isSame = body === answer.body && headers.every(([, value], at) => value === answer.headers[at][1]);
    return isSame ? answer : { headers, body };
  }

  text(text: string): string {
    return this.secrets.reduce(
      (left, { known, patterns }) => (left.includes(known) ? masked(left, patterns, MASK) : left),
      text,
    );
  }

  private body(body: Buffer): Buffer {
    const there = this.secrets.filter(({ known }) => body.includes(known, 0, 'latin1'));
    if (there.length === 0) return body;
    const before = body.toString('latin1');
    const after = there.reduce((text, { patterns }) => masked(text, patterns, MASK_BYTES), before);
    return after === before ? body : Buffer.from(after, 'latin1');
  }
}

/** RFC 3986, 2.3: no way of writing changes them. */
const PLAIN = /[A-Za-z0-9\-._~]+/g;

/** Empty where every character may be written in some other way. */
const longestPlain = (secret: string): string =>
  (secret.match(PLAIN) ?? []).reduce((longest, run) => (run.length > longest.length ? run : longest), '');

/** Replaces every text that all patterns match one after the other; as much as matched, where it ends too early. */
function masked(text: string, [first, ...rest]: readonly RegExp[], mask: string): string {
  let shown = '';
  let from = 0;
  first.lastIndex = 0;
  for (let found = first.exec(text); found !== null; found = first.exec(text)) {
    shown += text.slice(from, found.index) + mask;
    from = first.lastIndex;
    for (const next of rest) {
      next.lastIndex = from;
      if (!next.test(text)) break;
      from = next.lastIndex;
    }
    first.lastIndex = from;
  }
  return shown + text.slice(from);
}

/** Patterns some seven times as long overflow the stack of the engine, and its error holds the whole of them. */
const MAX_PATTERN_CHARS = 50_000;

/**
 * One pattern for most secrets; several, one after the other, for one of thousands of special characters. Over text that
 * is read as Latin-1, which gives every byte a character. Backslashes are counted together with what follows them: there
 * is one way to match a text, so that none takes long.
 */
function patternsOf(secret: string): RegExp[] {
  const sources = [''];
  for (const text of secret.match(/\\*[^\\]|\\+$/gu) ?? []) {
    const source = anyWriting(text);
    if (sources[sources.length - 1].length + source.length > MAX_PATTERN_CHARS) sources.push('');
    sources[sources.length - 1] += source;
  }
  return sources.map((source, at) => new RegExp(source, at === 0 ? 'g' : 'y'));
}

const NAMED: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
/** How often a backslash is doubled: JSON in JSON in JSON. */
const DOUBLED = 8;

/** A character, after backslashes or not, as JSON (also within JSON), HTML, a URL or nothing at all would write it. */
function anyWriting(text: string): string {
  const char = text.replace(/^\\+/, '');
  const backslashes = text.length - char.length;
  if (backslashes === 0 && /^[A-Za-z0-9\-_~]$/.test(char)) return char;
  const more = /^["/']$/.test(char) ? DOUBLED - 1 : 0;
  if (backslashes === 0 && more === 0) return oneOf(...writingsOf(char), inJson(char, '\\\\{1,4}'));
  const doubled = `\\\\{${backslashes},${backslashes * DOUBLED + more}}`;
  const before = backslashes === 0 ? doubled : oneOf(doubled, `${oneOf(...writingsOf('\\').slice(1))}{${backslashes}}`);
  return char === '' ? before : before + oneOf(...writingsOf(char), inJson(char, ''));
}

const oneOf = (...patterns: string[]): string => `(?:${patterns.join('|')})`;

/** The first is the character itself. */
function writingsOf(char: string): string[] {
  const code = char.codePointAt(0)!;
  const bytes = [...Buffer.from(char)];
  return [
    literally(bytes),
    bytes.map((byte) => `%(?:25)?${hex(byte, 2)}`).join(''),
    `&#(?:0{0,6}${code}|[xX]0{0,6}${hex(code, 0)});`,
    ...(code > 0x7f && code <= 0xff ? [literally([code])] : []),
    ...(char in NAMED ? [`&${NAMED[char]};`] : []),
    ...(char === ' ' ? ['\\+'] : []),
  ];
}

const inJson = (char: string, backslash: string): string =>
  Array.from(
    { length: char.length },
    (_, at) => `${at === 0 ? backslash : '\\\\{1,4}'}u${hex(char.charCodeAt(at), 4)}`,
  ).join('');

const literally = (bytes: readonly number[]): string => bytes.map((byte) => `\\x${hexOf(byte, 2)}`).join('');
const hexOf = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const hex = (value: number, digits: number): string =>
  hexOf(value, digits).replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
