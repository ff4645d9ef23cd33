import { MIMEType } from 'whatwg-mimetype';
import type { BodyType, HttpActionKey, Pair } from '../../core/definition.js';
import { isObject, jsonDepth, parseJson } from '../../core/json.js';
import { findAction } from '../catalog.js';
import { FORM_TYPE } from '../http/http.body.js';
import type { CurlPart } from './curl-form-field.js';
import { readCurl, refused, type CurlRequest, type CurlWarning } from './curl-command.js';

/** What a curl command is as a step. */
export interface CurlStep {
  action: HttpActionKey;
  /** As a definition has it, without defaults. */
  input: Record<string, unknown>;
  /** Of the whole call; null where the command sets none. */
  timeoutMs: number | null;
  warnings: CurlWarning[];
}

const JSON_TYPE = 'application/json';
const MAX_JSON_DEPTH = 64;
const MAX_PAIRS = 200;

/** Throws 422 where the text is no curl command, or asks for a call that no step makes. */
export function curlStep(command: string): CurlStep {
  const request = readCurl(command);
  const { timeoutMs, warnings } = request;
  const step = stepOf(request);
  const action = findAction('http', step.action)!;
  const { error, data } = action.inputSchema.safeParse(step.input);
  const fault = error?.issues[0] ? `${error.issues[0].path.join('.')}: ${error.issues[0].message}` : null;
  const problem = fault ?? action.check(data!)[0]?.message ?? null;
  if (problem !== null) throw refused('unfit_command', `The command cannot become a step. ${problem}`);
  return { ...step, timeoutMs, warnings };
}

function stepOf(request: CurlRequest): Pick<CurlStep, 'action' | 'input'> {
  const { method, redirects } = request;
  const body = bodyOf(request);
  const headers = request.headers
    .filter(([name, value]) => name.toLowerCase() !== 'content-type' || !body.implied(value.toLowerCase()))
    .map(([key, value]) => ({ key, value: literal(value) }));
  const shared = {
    url: literal(request.url),
    ...(headers.length > 0 && { headers }),
    ...(redirects > 0 && { redirects }),
  };
  const fixed = FIXED[method];
  const isPairs = typeof body.value !== 'string';
  if (fixed && isPairs && body.type !== 'form-data' && (fixed !== 'get' || body.value.length === 0)) {
    return { action: fixed, input: { ...shared, ...(body.value.length > 0 && { body: body.value }) } };
  }
  const { type, contentType } = body;
  const filled = body.value.length > 0 && { body: body.value };
  return {
    action: 'custom',
    input: { ...shared, method, bodyType: type, ...(contentType !== null && { contentType }), ...filled },
  };
}

const FIXED: Readonly<Partial<Record<string, HttpActionKey>>> = { GET: 'get', POST: 'post', PUT: 'put' };

interface StepBody {
  type: BodyType;
  value: Pair[] | string;
  /** For a custom call. */
  contentType: string | null;
  /** Whether a content type (in lower case) needs no header, because the body brings it along. */
  implied: (contentType: string) => boolean;
}

function bodyOf({ body, form, isEncoded, headers }: CurlRequest): StepBody {
  if (form !== null) {
    return { type: 'form-data', value: form.map(partPair), contentType: null, implied: () => true };
  }
  if (body === null || body === '') return { type: 'none', value: [], contentType: null, implied: () => false };
  const written = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  const type = written === null ? null : MIMEType.parse(written);
  const json = type?.essence === JSON_TYPE || type?.subtype.endsWith('+json') ? jsonBody(body) : null;
  if (json !== null) return { type: 'json', value: json, contentType: null, implied: (each) => each === JSON_TYPE };
  const pairs = type?.essence === FORM_TYPE ? formPairs(body, isEncoded) : null;
  // The header stays: for POST and PUT it says how pairs are written.
  if (pairs !== null) return { type: 'urlencoded', value: pairs, contentType: null, implied: () => false };
  const contentType = type === null ? null : written;
  return { type: 'raw', value: literal(body), contentType, implied: (each) => each === contentType?.toLowerCase() };
}

/** A file has no value yet: the step says so before it sends anything. */
const partPair = (part: CurlPart): Pair =>
  'text' in part ? { key: part.name, value: literal(part.text) } : { key: part.name, value: null, whenMissing: 'fail' };

/**
 * Pairs for an object of plain values, the text itself for other JSON. Null for what is none, and where the same JSON
 * would be written with other characters (`\/`, `\u00e9`), white space apart.
 */
function jsonBody(text: string): Pair[] | string | null {
  if (jsonDepth(text) > MAX_JSON_DEPTH) return null;
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    return null;
  }
  if (JSON.stringify(value) !== withoutSpace(text)) return null;
  const entries = isObject(value) ? Object.entries(value) : [];
  const isFlat = entries.every(([, member]) => !isObject(member) && !Array.isArray(member));
  // An object puts keys like "2" before all others: the text keeps the order.
  const keepsOrder = !entries.some(([key]) => key === '' || /^\d+$/.test(key));
  if (entries.length === 0 || entries.length > MAX_PAIRS || !isFlat || !keepsOrder) return literal(text);
  return entries.map(([key, member]) => ({ key, value: typeof member === 'string' ? literal(member) : member }));
}

/** Null where pairs would not be the same body again. */
function formPairs(text: string, isEncoded: boolean): Pair[] | null {
  const parts = text.split('&');
  if (parts.length > MAX_PAIRS || parts.some((part) => !/^[^=]+=/.test(part))) return null;
  if (/%(?![0-9a-f]{2})/i.test(text)) return null;
  const pairs = [...new URLSearchParams(text)];
  const written = new URLSearchParams(pairs).toString();
  if (written !== (isEncoded ? text.replaceAll('%20', '+') : text)) return null;
  return pairs.map(([key, value]) => ({ key, value: literal(value) }));
}

/** JSON without the white space between its tokens. */
const withoutSpace = (text: string): string => text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');

/** Text that a template takes as it is: two opening braces begin an expression. */
const literal = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');
