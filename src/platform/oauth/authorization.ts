import { createHash, timingSafeEqual } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { HooklineError } from '../../core/errors.js';
import { callbackUrl, type OAuthProvider } from './provider.js';
import { providerWords } from './provider-words.js';

/** One dance under way: what the callback is judged by. `codeVerifier` is a secret, `state` is one until it was used. */
export interface AuthorizationFlow {
  state: string;
  codeVerifier: string;
  redirectUri: string;
  /** The provider's name of itself, where it announces that it says it in the callback (RFC 9207); otherwise null. */
  issuer: string | null;
}

export type AuthorizationOutcome =
  | { kind: 'code'; code: string }
  /** The person said no. */
  | { kind: 'denied'; message: string }
  | { kind: 'failed'; message: string };

/** What makes the flow ours, or changes how it answers: extra parameters cannot set these. */
export const RESERVED_PARAMETERS: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'code_challenge',
  'code_challenge_method',
  'redirect_uri',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
]);

/**
 * Begins the code flow (RFC 6749 4.1.1, PKCE S256 of RFC 7636). Parameters that the authorization URL already has are
 * kept. Throws a `HooklineError` (invalid) where that URL cannot be used.
 * @param userState sent behind our own random part and a dot; empty: only our part
 */
export async function authorizationRequest(
  provider: OAuthProvider,
  options: { publicUrl: string; userState?: string; issuer?: string | null },
): Promise<{ url: string; flow: AuthorizationFlow }> {
  const url = endpointOf(provider.authorizationUrl ?? '');
  const random = oauth.generateRandomState();
  const flow: AuthorizationFlow = {
    state: options.userState ? `${random}.${options.userState}` : random,
    codeVerifier: oauth.generateRandomCodeVerifier(),
    redirectUri: callbackUrl(options.publicUrl),
    issuer: options.issuer ?? null,
  };
  for (const name of RESERVED_PARAMETERS) if (name !== 'scope') url.searchParams.delete(name);
  for (const [name, value] of Object.entries(provider.extraAuthParams ?? {})) {
    if (!RESERVED_PARAMETERS.has(name)) url.searchParams.set(name, value);
  }
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', provider.clientId);
  url.searchParams.set('redirect_uri', flow.redirectUri);
  if (provider.scope !== '') url.searchParams.set('scope', provider.scope);
  url.searchParams.set('state', flow.state);
  url.searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(flow.codeVerifier));
  url.searchParams.set('code_challenge_method', 'S256');
  return { url: url.href, flow };
}

/** Under which a flow is found again: a hash of our own part of its state, so that what is stored opens nothing. */
export const flowKey = (state: string): string =>
  createHash('sha256').update(state.split('.', 1)[0]).digest('base64url');

/**
 * Judges what the browser brought back (RFC 6749 4.1.2, RFC 9207 2.4). Until `state` is right nothing else of it is
 * looked at, nor repeated: anybody can call the callback with any text.
 */
export function processAuthorizationResponse(
  flow: AuthorizationFlow,
  parameters: URLSearchParams,
): AuthorizationOutcome {
  const failed = (message: string): AuthorizationOutcome => ({ kind: 'failed', message });
  for (const name of ['state', 'code', 'iss', 'error', 'error_description']) {
    if (parameters.getAll(name).length > 1) {
      return failed(`The sign-in did not come back whole: "${name}" is in the address twice. ${AGAIN}`);
    }
  }
  const state = parameters.get('state');
  if (!state) return failed(`The sign-in came back without its state, so it cannot be told whose it is. ${AGAIN}`);
  if (!sameText(state, flow.state)) return failed(`The sign-in came back with a state that is not its own. ${AGAIN}`);

  const issuer = parameters.get('iss');
  if (flow.issuer !== null && issuer !== flow.issuer) {
    return failed(
      issuer === null
        ? `The sign-in came back without saying from which provider, although this provider announces that it says so. ${AGAIN}`
        : `The sign-in came back from another provider than the one it was begun with. ${AGAIN}`,
    );
  }
  const error = parameters.get('error');
  if (error) {
    const words = providerWords(error, parameters.get('error_description'), [flow.state, flow.codeVerifier]);
    return error === 'access_denied'
      ? { kind: 'denied', message: `The sign-in was refused by the person or by the provider (${words}).` }
      : failed(`The provider did not sign in (${words}). ${hintOf(error)}`);
  }
  const code = parameters.get('code');
  if (!code) return failed(`The sign-in came back without a code. ${AGAIN}`);
  return isCodeAnswer(parameters)
    ? { kind: 'code', code }
    : failed(`The provider answered with another flow. ${AGAIN}`);
}

const AGAIN = 'Begin it again from the connection.';

const HINTS: Readonly<Record<string, string>> = {
  invalid_scope: 'Check the scope of the connection.',
  unauthorized_client: 'Check at the provider that this client may use the authorization code flow.',
  unsupported_response_type: 'Check at the provider that this client may use the authorization code flow.',
};
const hintOf = (error: string): string => (Object.hasOwn(HINTS, error) ? HINTS[error] : AGAIN);

/** The library's last word: no encrypted, implicit or hybrid answer. State and issuer were judged above. */
function isCodeAnswer(parameters: URLSearchParams): boolean {
  const rest = new URLSearchParams(parameters);
  rest.delete('iss');
  try {
    oauth.validateAuthResponse({ issuer: 'judged' }, { client_id: 'judged' }, rest, oauth.skipStateCheck);
    return true;
  } catch {
    return false;
  }
}

/** Takes the same time wherever they differ. */
function sameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

function endpointOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password) {
    url.hash = '';
    return url;
  }
  throw new HooklineError(
    'invalid',
    'authorization_url',
    'The authorization URL must begin with https:// (or http://) and hold no user name.',
  );
}
