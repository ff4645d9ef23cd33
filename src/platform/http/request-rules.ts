import { HttpFailure } from './http-failure.js';
import type { HttpRequest, Overflow, StreamedBody } from './http-message.js';
import type { Target } from './target.js';
import type { Transport } from './transport.js';

/** A request that may be put on the wire as it is. */
export interface OutgoingRequest {
  method: string;
  target: Target;
  transport: Transport | null;
  /** Path and query, as sent; the whole URL where a proxy is to make the request (RFC 9112, 3.2.2). */
  path: string;
  /** Name, value, name, value: in order, repeats kept. */
  headers: string[];
  body: Buffer | StreamedBody | null;
  maxResponseBytes: number;
  overflow: Overflow | null;
  /** Never on a connection that was used before. */
  fresh: boolean;
}

const MAX_URL_CHARS = 65_536;
const MAX_HEADER_CHARS = 65_536;

/** RFC 9110 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** RFC 9110 5.5: visible characters, space, tab and obs-text; so neither CR, LF nor NUL, and one byte for each character. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** They describe the connection or the message's framing, which are this client's (RFC 9110 7.6.1, RFC 9112 6). */
const OWN_HEADERS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const refuse = (message: string): never => {
  throw new HttpFailure('mapping', message);
};

/** Throws an `HttpFailure` (`mapping`) that names what cannot be sent, and shows no value: it may be a secret. */
export function prepareRequest(request: HttpRequest): OutgoingRequest {
  const url = parseUrl(request.url);
  const secure = url.protocol === 'https:';
  const transport = request.transport ?? null;
  const proxied = !secure && transport !== null && transport.proxy !== null;
  const headers = checkHeaders(request.headers);
  if (proxied && transport.proxyAuthorization) headers.push('Proxy-Authorization', transport.proxyAuthorization);
  return {
    method: checkMethod(request.method),
    transport,
    target: {
      origin: url.origin,
      secure,
      host: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
      port: Number(url.port) || (secure ? 443 : 80),
    },
    path: (proxied ? url.origin : '') + url.pathname + url.search,
    headers,
    body: request.body,
    maxResponseBytes: request.maxResponseBytes,
    overflow: request.overflow ?? null,
    fresh: request.freshConnection ?? false,
  };
}

function parseUrl(text: string): URL {
  if (text.length > MAX_URL_CHARS) return refuse(`The URL is longer than ${MAX_URL_CHARS} characters.`);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    const hasScheme = /^\s*[a-z][a-z0-9+.-]*:/i.test(text);
    return refuse(
      hasScheme
        ? 'The URL cannot be read: its host or port is not valid.'
        : 'The URL is not whole: it must begin with http:// or https://.',
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refuse('Only http:// and https:// URLs can be called.');
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('The URL holds a user name or password. Use a connection for the sign-in instead.');
  }
  return url;
}

function checkMethod(method: string): string {
  if (!TOKEN.test(method)) return refuse('The method is not a valid HTTP token.');
  const upper = method.toUpperCase();
  return upper === 'CONNECT' || upper === 'TRACE' ? refuse(`The method ${upper} cannot be sent.`) : method;
}

const shown = (name: string): string => JSON.stringify(name.slice(0, 64));

function checkHeaders(pairs: readonly (readonly [string, string])[]): string[] {
  const headers: string[] = [];
  let chars = 0;
  let acceptsEncoding = false;
  for (const [name, value] of pairs) {
    if (!TOKEN.test(name)) refuse(`The header name ${shown(name)} is not valid: letters, digits and - _ . are.`);
    const lower = name.toLowerCase();
    if (OWN_HEADERS.has(lower) || lower.startsWith('proxy-')) {
      refuse(`The header ${shown(name)} cannot be set: it belongs to the connection, not to the request.`);
    }
    if (!FIELD_VALUE.test(value)) {
      refuse(
        `The value of the header ${shown(name)} holds a line break, a control character or a character outside Latin-1.`,
      );
    }
    acceptsEncoding ||= lower === 'accept-encoding';
    chars += name.length + value.length;
    headers.push(name, value);
  }
  if (chars > MAX_HEADER_CHARS) refuse(`The headers are longer than ${MAX_HEADER_CHARS} characters in all.`);
  if (!acceptsEncoding) headers.push('Accept-Encoding', 'gzip, deflate, br');
  return headers;
}
