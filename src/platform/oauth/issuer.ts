import type { HttpRequest, HttpResult } from '../http/http.client.js';

/** What a provider says of itself (RFC 8414, OpenID Connect Discovery), as far as the callback is judged by it. */
interface Metadata {
  issuer: string;
  announced: boolean;
}

const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 256 * 1024;
const MAX_FOLDERS = 4;

/**
 * Requests for every place where the provider of this authorization URL may describe itself: each folder above it, since
 * an issuer may have a path, and the root under the name of RFC 8414.
 */
export function metadataRequests(authorizationUrl: string): HttpRequest[] {
  if (!URL.canParse(authorizationUrl)) return [];
  const { origin, pathname } = new URL(authorizationUrl);
  const folders = pathname.split('/').slice(1, -1);
  const prefixes = [...Array(Math.min(folders.length, MAX_FOLDERS - 1) + 1).keys()].map((depth) =>
    ['', ...folders.slice(0, depth)].join('/'),
  );
  return [
    ...prefixes.map((prefix) => `${origin}${prefix}/.well-known/openid-configuration`),
    `${origin}/.well-known/oauth-authorization-server`,
  ].map((url) => ({
    method: 'GET',
    url,
    headers: [['Accept', 'application/json']],
    body: null,
    timeoutMs: TIMEOUT_MS,
    maxResponseBytes: MAX_ANSWER_BYTES,
  }));
}

/**
 * The issuer that the callback must name, or null where the provider announces none (RFC 9207 3). Only a description of
 * this very authorization endpoint counts, found under the issuer it names (RFC 8414 3.3).
 */
export function processMetadataResponses(
  authorizationUrl: string,
  answers: readonly { url: string; result: HttpResult }[],
): string | null {
  for (const { url, result } of answers) {
    const metadata = metadataOf(authorizationUrl, url, result);
    if (metadata?.announced) return metadata.issuer;
  }
  return null;
}

function metadataOf(authorizationUrl: string, foundAt: string, result: HttpResult): Metadata | null {
  if (result.kind === 'error' || result.status !== 200) return null;
  let parsed: Record<string, unknown> | null;
  try {
    parsed = JSON.parse(result.body.toString('utf8')) as Record<string, unknown> | null;
  } catch {
    return null;
  }
  const { issuer, authorization_endpoint: endpoint } = parsed ?? {};
  if (typeof issuer !== 'string' || typeof endpoint !== 'string') return null;
  const home = foundAt.slice(0, foundAt.indexOf('/.well-known/'));
  if (issuer.replace(/\/$/, '') !== home || withoutQuery(endpoint) !== withoutQuery(authorizationUrl)) return null;
  return { issuer, announced: parsed?.authorization_response_iss_parameter_supported === true };
}

function withoutQuery(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { origin, pathname } = new URL(text);
  return origin + pathname;
}
