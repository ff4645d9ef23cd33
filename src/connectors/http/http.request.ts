import type { HttpActionKey, HttpInput } from '../../core/definition.js';
import type { RunError } from '../../core/run.js';
import { Budget, MAX_WORK } from '../../platform/expressions/budget.js';
import { MappingError, type Scope } from '../../platform/expressions/template.js';
import type { BuildOutcome, BuiltRequest } from '../action.js';
import { compileBody, type BodyMapping } from './http.body.js';
import { compileHeaders, headerOf } from './http.headers.js';
import { appendQuery, compileUrl } from './http.url.js';
import type { FaultList, Mapped } from './mapped-value.js';
import { compilePairs, queryText, type ResolvedPair } from './pairs.js';

export const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** What the expressions of one request may do together. */
export const REQUEST_WORK = 3 * MAX_WORK;
const MAX_URL_CHARS = 64 * 1024;

/** Fetch normalizes these and no others (WHATWG Fetch, 2.2.1); PATCH joins them because nobody means "patch". */
const UPPERCASED: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
const REFUSED: ReadonlySet<string> = new Set(['CONNECT', 'TRACE']);

export interface RequestPlan {
  method: string;
  input: HttpInput;
  url: Mapped<string>;
  query: Mapped<ResolvedPair[]>;
  headers: Mapped<[string, string][]>;
  body: BodyMapping;
}

export function compileRequest(action: HttpActionKey, input: HttpInput, faults: FaultList): RequestPlan {
  return {
    method: methodOf(action, input, faults),
    input,
    url: compileUrl(input.url, faults),
    query: compilePairs(input.query, 'query', 'query parameter', input.omitNulls, faults),
    headers: compileHeaders(input, faults),
    body: compileBody(action, input, faults),
  };
}

function methodOf(action: HttpActionKey, input: HttpInput, faults: FaultList): string {
  if (action !== 'custom') return action.toUpperCase();
  const { method = 'POST' } = input;
  const upper = method.toUpperCase();
  if (REFUSED.has(upper)) faults.add(['method'], 'invalid_method', `${upper} is not for calling services.`);
  return UPPERCASED.has(upper) ? upper : method;
}

/** Values in, bytes out: the same scope always gives the same request. */
export function buildRequest(plan: RequestPlan, scope: Scope): BuildOutcome {
  const budget = new Budget(REQUEST_WORK);
  let request: BuiltRequest | null = null;
  try {
    const url = plan.url(scope, budget);
    request = { method: plan.method, url, headers: [], body: null };
    request.url = appendQuery(url, queryText(plan.query(scope, budget), plan.input.queryArrays));
    if (request.url.length > MAX_URL_CHARS) return failed('limit', 'The URL is longer than 64 KiB.', request);

    const headers = plan.headers(scope, budget).filter(([name, value]) => value !== '' || !isContentType(name));
    request.headers = headers;
    const body = plan.body(headerOf(headers, 'content-type'))(scope, budget);
    request.body = body === null ? null : Buffer.from(body.text, 'utf8');
    if (body?.form) {
      request.form = body.form;
      setHeader(headers, 'Content-Type', body.contentType);
    }
    if (body !== null) addDefault(headers, 'Content-Type', body.contentType);
    addDefault(headers, 'Accept', '*/*');
    addDefault(headers, 'User-Agent', 'Hookline');
    if (request.body !== null && request.body.length > MAX_BODY_BYTES) {
      return failed('limit', 'The body is larger than 10 MiB.', { ...request, body: null });
    }
    return { kind: 'request', request };
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return failed('mapping', error.message, request);
  }
}

const isContentType = (name: string): boolean => name.toLowerCase() === 'content-type';

function addDefault(headers: [string, string][], name: string, value: string): void {
  if (headerOf(headers, name.toLowerCase()) === null) headers.push([name, value]);
}

/** In the place where the step has its own: only we know the boundary. */
function setHeader(headers: [string, string][], name: string, value: string): void {
  const own = headers.find(([each]) => each.toLowerCase() === name.toLowerCase());
  if (own) own[1] = value;
}

const failed = (code: RunError['code'], message: string, request: BuiltRequest | null): BuildOutcome => ({
  kind: 'failed',
  error: { code, message },
  request,
});
