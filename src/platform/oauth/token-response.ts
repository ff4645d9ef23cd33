import * as oauth from 'oauth4webapi';
import { parseRetryAfter } from '../../core/retry.js';
import type { RunError, RunErrorCode } from '../../core/run.js';
import type { HttpResult } from '../http/http.client.js';
import { secretsOf, type Grant, type OAuthProvider } from './provider.js';
import { providerWords } from './provider-words.js';
import { readTokenAnswer, type TokenAnswer, type TokenFields } from './token-answer.js';
import type { Tokens } from './tokens.js';

export type TokenOutcome =
  | { kind: 'tokens'; tokens: Tokens }
  /** What we hold is worth nothing any more: a person has to sign in again. */
  | { kind: 'reconnect'; error: RunError }
  /** The provider may answer better later. `retryAfterMs`: what it asked for. */
  | { kind: 'retry'; error: RunError; retryAfterMs: number | null }
  /** Trying again would change nothing. */
  | { kind: 'failed'; error: RunError };

/** Standard (RFC 6749 5.2, OpenID Connect 3.1.2.6), then what GitHub and Slack call the same. */
const RECONNECT: ReadonlySet<string> = new Set([
  ...['invalid_grant', 'interaction_required', 'login_required', 'consent_required'],
  ...['bad_verification_code', 'bad_refresh_token', 'invalid_refresh_token', 'token_revoked'],
]);
const LATER: ReadonlySet<string> = new Set(['temporarily_unavailable', 'server_error', 'slow_down', 'rate_limited']);
const LATER_STATUS: ReadonlySet<number> = new Set([408, 425, 429]);
const NETWORK: ReadonlySet<RunErrorCode> = new Set<RunErrorCode>([
  ...(['dns', 'connect_refused', 'connect_timeout', 'tls'] as const),
  ...(['reset', 'first_byte_timeout', 'total_timeout', 'canceled'] as const),
]);

/**
 * Judges what came of a token request (RFC 6749 5); sends nothing, throws nothing. No message repeats the answer, except
 * the words of a well-formed error, nor any secret.
 * @param sentAt when the request left: lifetimes are counted from there, so a slow answer never makes a token look young
 */
export async function processTokenResponse(
  provider: OAuthProvider,
  grant: Grant,
  result: HttpResult,
  sentAt: number,
): Promise<TokenOutcome> {
  if (result.kind === 'error') return unanswered(result.error);
  const who = `The token endpoint ${new URL(provider.accessTokenUrl).origin}`;
  const { status } = result;
  const retryAfterMs = parseRetryAfter(headerOf(result, 'retry-after'), sentAt);
  if (status >= 500 || LATER_STATUS.has(status)) {
    const code = status >= 500 ? 'http_5xx' : status === 429 ? 'http_429' : 'http_4xx';
    return { kind: 'retry', error: { code, message: `${who} answered ${status}: it cannot do it now.` }, retryAfterMs };
  }
  if (status >= 300 && status < 400) {
    const why = `answered ${status}, a redirect, which is not followed with a secret`;
    return failed('redirect', `${who} ${why}. Check the access token URL.`);
  }
  const answer = readTokenAnswer(result.body, headerOf(result, 'content-type') ?? '');
  if (answer.kind === 'error') return refused(who, provider, grant, answer, retryAfterMs);
  if (status >= 400) return failed('auth', `${who} refused with ${status} and did not say why. ${hintOf(status)}`);
  if (answer.kind === 'unreadable') return failed('parse', `${who} ${answer.problem}. Check the access token URL.`);
  const fields = await lastWord(provider, answer.fields);
  if (fields === null) return failed('parse', `${who} sent a token answer that is not valid.`);
  return { kind: 'tokens', tokens: keptOf(grant, fields, sentAt) };
}

function unanswered({ code, message }: RunError): TokenOutcome {
  const error = { code, message: `No token: ${message}` };
  return NETWORK.has(code) ? { kind: 'retry', error, retryAfterMs: null } : { kind: 'failed', error };
}

/** A well-formed error (RFC 6749 5.2), under whatever status: some send it with 200. */
function refused(
  who: string,
  provider: OAuthProvider,
  grant: Grant,
  { error, description }: Extract<TokenAnswer, { kind: 'error' }>,
  retryAfterMs: number | null,
): TokenOutcome {
  const words = providerWords(error, description, secretsOf(provider, grant));
  if (LATER.has(error)) {
    return { kind: 'retry', error: { code: 'auth', message: `${who} cannot do it now (${words}).` }, retryAfterMs };
  }
  // A client that speaks for itself has nobody who could sign in.
  if (RECONNECT.has(error) && grant.type !== 'client_credentials') {
    const what =
      grant.type === 'refresh_token' ? 'no longer accepts the sign-in' : 'did not accept the code of the sign-in';
    return { kind: 'reconnect', error: { code: 'auth', message: `${who} ${what} (${words}). Sign in again.` } };
  }
  if (error === 'invalid_client') {
    const check = `Check the client ID and secret, and whether they belong in the header or the body`;
    return failed('auth', `${who} does not accept this client (${words}). ${check}: now the ${provider.clientAuth}.`);
  }
  return failed('auth', `${who} refused (${words}).`);
}

const headerOf = ({ headers }: Extract<HttpResult, { kind: 'response' }>, name: string): string | null =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? null;

const failed = (code: RunErrorCode, message: string): TokenOutcome => ({ kind: 'failed', error: { code, message } });

const hintOf = (status: number): string =>
  status === 401 || status === 403
    ? 'Check the client ID, the client secret and whether they belong in the header or the body.'
    : 'Check the access token URL.';

/** The library judges what our tolerance made of the answer, as if it had come so. */
async function lastWord(provider: OAuthProvider, fields: TokenFields): Promise<TokenFields | null> {
  try {
    const { access_token, token_type, expires_in, refresh_token, scope } =
      await oauth.processGenericTokenEndpointResponse(
        { issuer: provider.accessTokenUrl },
        { client_id: provider.clientId },
        Response.json(fields),
      );
    return { access_token, token_type, expires_in, refresh_token, scope };
  } catch {
    return null; // its error holds the answer
  }
}

function keptOf(grant: Grant, fields: TokenFields, sentAt: number): Tokens {
  const old = grant.type === 'refresh_token' ? grant.refreshToken : null;
  const fresh = fields.refresh_token ?? null;
  return {
    accessToken: fields.access_token,
    refreshToken: fresh ?? old,
    rotated: old !== null && fresh !== null && fresh !== old,
    obtainedAt: sentAt,
    expiresAt: fields.expires_in === undefined ? null : sentAt + fields.expires_in * 1000,
    scope: fields.scope ?? null,
  };
}
