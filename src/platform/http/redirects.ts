import { HttpFailure } from './http-failure.js';
import type { HttpRequest } from './http-message.js';

/** Those that name another place for the same thing (RFC 9110, 15.4); 300 and 304 are answers like any other. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** They speak of a body that is not sent on. */
const OF_THE_BODY = /^content-/i;

/** What commonly carries a credential; a connection names what it added itself. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  ...['authorization', 'cookie', 'api-key', 'apikey', 'x-api-key', 'x-apikey', 'x-api-token', 'x-access-token'],
  ...['x-auth-token', 'x-auth-key', 'x-amz-security-token', 'x-csrf-token', 'x-token', 'private-token'],
]);

const MAX_URL_CHARS = 65_536;

/**
 * The request that an answer asks for instead, or null where it asks for none. Throws an `HttpFailure` (`redirect`) for
 * one that is not made: an address that cannot be called, several addresses, or from https to http, where everybody on
 * the way could read what was meant to be secret.
 *
 * The method follows RFC 9110, 15.4, as browsers do: 301 and 302 make a GET of a POST, 303 of all but HEAD; 307 and 308
 * send the same again. Another origin (scheme, host and port) gets no credentials, and they do not come back later on.
 */
export function redirected(request: HttpRequest, status: number, headers: [string, string][]): HttpRequest | null {
  const locations = new Set(headers.filter(([name]) => name.toLowerCase() === 'location').map(([, value]) => value));
  if (!REDIRECTS.has(status) || locations.size === 0) return null;
  const from = new URL(request.url);
  if (locations.size > 1) throw refuse(from, status, 'to more than one address');
  const to = targetOf([...locations][0], from, status);
  const toGet = becomesGet(request.method, status);
  const sameOrigin = to.origin === from.origin;
  if (!sameOrigin) for (const name of request.credentials?.query ?? []) deleteParameter(to, name);
  return {
    ...request,
    transport: sameOrigin ? request.transport : request.transport?.elsewhere,
    method: toGet ? 'GET' : request.method,
    url: to.href,
    body: toGet ? null : request.body,
    headers: request.headers.filter(
      ([name]) => (sameOrigin || !isCredential(request, name.toLowerCase())) && !(toGet && OF_THE_BODY.test(name)),
    ),
  };
}

function targetOf(location: string, from: URL, status: number): URL {
  const to = URL.parse(textOf(location), from.href);
  if (to === null || (to.protocol !== 'http:' && to.protocol !== 'https:') || to.href.length > MAX_URL_CHARS) {
    throw refuse(from, status, 'to an address that cannot be called');
  }
  if (to.username !== '' || to.password !== '') throw refuse(from, status, 'to an address with a password in it');
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw refuse(from, status, `from https to ${to.origin}, where the call would not be encrypted`);
  }
  to.hash = '';
  return to;
}

/** Servers write UTF-8 where only ASCII is allowed; headers were read as Latin-1. */
function textOf(location: string): string {
  const text = Buffer.from(location, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? location : text;
}

const becomesGet = (method: string, status: number): boolean =>
  status === 303 ? method !== 'GET' && method !== 'HEAD' : (status === 301 || status === 302) && method === 'POST';

const isCredential = ({ credentials }: HttpRequest, name: string): boolean =>
  CREDENTIALS.has(name) || (credentials?.headers ?? []).some((each) => each.toLowerCase() === name);

/** Only where it is there: rewriting a query changes how it is encoded. */
function deleteParameter(url: URL, name: string): void {
  if (url.searchParams.has(name)) url.searchParams.delete(name);
}

const refuse = (from: URL, status: number, where: string): HttpFailure =>
  new HttpFailure(
    'redirect',
    `${from.origin} answered ${status} and redirects ${where}. Check the URL, or ask its operator.`,
  );
