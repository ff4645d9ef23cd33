import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { MIMEType } from 'whatwg-mimetype';
import { hasMoreRawNumbers, jsonDepth, parseJson } from '../../core/json.js';
import { mediaType } from './media-type.js';

const FORM_TYPE = 'application/x-www-form-urlencoded';
const MAX_DEPTH = 200;
/** Larger XML stays text: reading it takes up to 0.3 s for each MiB, and nothing else runs meanwhile. */
const MAX_XML_CHARS = 2 * 1024 * 1024;
/** Of JSON: with more of them it stays text, for the same reason. */
const MAX_RAW_NUMBERS = 250_000;

/** `problem` completes "The receiver answered …, but "; `value` is then the text as it came. */
export interface ParsedBody {
  value: unknown;
  problem: string | null;
}

/**
 * An answer's body by its media type: JSON (no digit lost), XML, form and text are read; anything else is described,
 * not kept: `{contentType, bytes}`. Without a media type, text is what is valid UTF-8.
 */
export function parseBody(contentType: string | null, body: Buffer): ParsedBody {
  if (body.length === 0) return { value: null, problem: null };
  const type = typeOf(contentType);
  if (type === null) {
    const text = decodeUtf8(body);
    return { value: text ?? { contentType, bytes: body.length }, problem: null };
  }
  if (type.subtype === 'json' || type.subtype.endsWith('+json')) return parseAsJson(textOf(type, body));
  if (type.isXML()) return parseAsXml(textOf(type, body, xmlEncoding(body)));
  if (type.essence === FORM_TYPE) return { value: parseForm(textOf(type, body)), problem: null };
  if (type.type === 'text' || type.parameters.has('charset')) return { value: textOf(type, body), problem: null };
  return { value: { contentType, bytes: body.length }, problem: null };
}

/** False: only its bytes say what it is. */
export function isText(contentType: string | null, body: Buffer): boolean {
  if (contentType !== null && /^(text\/|application\/json\s*(;|$))/i.test(contentType)) return true; // nearly all of them
  const type = typeOf(contentType);
  if (type === null) return decodeUtf8(body) !== null;
  const { subtype, essence, parameters } = type;
  const isKnown = subtype === 'json' || subtype.endsWith('+json') || type.isXML() || essence === FORM_TYPE;
  return isKnown || type.type === 'text' || parameters.has('charset');
}

const typeOf = (contentType: string | null): MIMEType | null => (contentType === null ? null : mediaType(contentType));

const utf8 = new TextDecoder();

/**
 * What XML says of itself where its media type says nothing: its byte order mark, else its declaration (RFC 7303, 3).
 * Undefined: UTF-8.
 */
function xmlEncoding(body: Buffer): string | undefined {
  const start = body.toString('latin1', 0, 200);
  if (start.startsWith('\xff\xfe')) return 'utf-16le';
  if (start.startsWith('\xfe\xff')) return 'utf-16be';
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
  return declared !== undefined && /^utf-?16/i.test(declared) ? undefined : declared; // it could not be read so
}

/** An unknown charset is read as UTF-8; a byte order mark is no part of the text. */
function textOf(type: MIMEType, body: Buffer, instead?: string): string {
  const label = type.parameters.get('charset') ?? instead;
  if (label === undefined) return utf8.decode(body);
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return utf8.decode(body);
  }
}

function decodeUtf8(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

function parseAsJson(text: string): ParsedBody {
  if (text.trim() === '') return { value: null, problem: null };
  if (jsonDepth(text) > MAX_DEPTH) {
    return { value: text, problem: `its JSON is nested more than ${MAX_DEPTH} deep, which is refused.` };
  }
  // Each takes four characters at least: short texts need not be counted.
  if (text.length > 4 * MAX_RAW_NUMBERS && hasMoreRawNumbers(text, MAX_RAW_NUMBERS)) {
    return { value: text, problem: null };
  }
  try {
    return { value: parseJson(text), problem: null };
  } catch {
    return { value: text, problem: 'its body is not the JSON that its Content-Type announces.' };
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities of XML and character references. Those a document defines itself are never expanded. */
const decodeEntities = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,8}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );

const ignored = (): void => {};

/** Elements as members, repeated ones as lists, attributes as `@name`, mixed text as `#text`; all values are text. */
const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
  entityDecoder: {
    decode: decodeEntities,
    setExternalEntities: ignored,
    addInputEntities: ignored,
    setXmlVersion: ignored,
    reset: ignored,
  },
});

function parseAsXml(text: string): ParsedBody {
  if (text.trim() === '') return { value: null, problem: null };
  if (text.length > MAX_XML_CHARS) return { value: text, problem: null };
  try {
    if (XMLValidator.validate(text) === true) return { value: xml.parse(text) as unknown, problem: null };
  } catch {
    // told below
  }
  return { value: text, problem: 'its body is not the XML that its Content-Type announces.' };
}

function parseForm(text: string): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const [key, value] of new URLSearchParams(text)) {
    const before = values.get(key);
    if (Array.isArray(before)) before.push(value);
    else values.set(key, before === undefined ? value : [before, value]);
  }
  return Object.fromEntries(values);
}
