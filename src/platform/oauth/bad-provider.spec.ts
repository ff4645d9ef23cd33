import {
  startBadOAuthServer,
  type AuthorizationManner,
  type BadOAuthServer,
} from '../../../test/support/bad-oauth-server.js';
import { EgressGuard } from '../http/egress-guard.js';
import { HttpClient } from '../http/http.client.js';
import { authorizationRequest, processAuthorizationResponse, type AuthorizationOutcome } from './authorization.js';
import { OAuthClient } from './oauth.client.js';
import type { Grant } from './provider.js';
import { tokenRequest } from './token-request.js';
import { processTokenResponse, type TokenOutcome } from './token-response.js';

let server: BadOAuthServer;
let http: HttpClient;
let oauth: OAuthClient;

beforeEach(async () => {
  server = await startBadOAuthServer();
  http = new HttpClient(new EgressGuard(['127.0.0.1']));
  oauth = new OAuthClient(http);
});
afterEach(async () => {
  await http.close();
  await server.close();
});

async function signIn(issuer?: string): Promise<{ outcome: AuthorizationOutcome; grant: Grant }> {
  const { url, flow } = await authorizationRequest(server.client, { publicUrl: 'http://localhost:3000', issuer });
  const answer = await fetch(url, { redirect: 'manual' });
  const outcome = processAuthorizationResponse(flow, new URL(answer.headers.get('location') ?? '').searchParams);
  const { codeVerifier, redirectUri } = flow;
  const code = outcome.kind === 'code' ? outcome.code : '';
  return { outcome, grant: { type: 'authorization_code', code, codeVerifier, redirectUri } };
}

const askForToken = async (): Promise<TokenOutcome> => oauth.requestTokens(server.client, (await signIn()).grant);

describe('the way back from a provider that behaves badly', () => {
  it.each<[AuthorizationManner, AuthorizationOutcome['kind'], RegExp]>([
    ['wrong-state', 'failed', /a state that is not its own\. Begin it again/],
    ['no-state', 'failed', /without its state/],
    ['code-twice', 'failed', /"code" is in the address twice/],
    ['wrong-issuer', 'failed', /from another provider/],
    ['denied', 'denied', /refused by the person.*access_denied: The owner said no\)\./],
  ])('%s ends as %s', async (manner, kind, message) => {
    server.authorization = manner;
    const { outcome } = await signIn(manner === 'wrong-issuer' ? server.url : undefined);
    expect(outcome).toMatchObject({ kind, message: expect.stringMatching(message) });
    expect(JSON.stringify(outcome)).not.toContain('canary');
    expect(server.requests).toEqual([]);
  });
});

describe('a token endpoint that does not keep to the standard', () => {
  it.each(['good', 'form-encoded', 'created', 'no-token-type', 'lifetime-as-text'] as const)(
    'is understood: %s',
    async (manner) => {
      server.token = manner;
      const outcome = await askForToken();
      expect(outcome).toMatchObject({
        kind: 'tokens',
        tokens: {
          accessToken: expect.stringMatching(/^canary-access-\w{16}$/),
          refreshToken: expect.stringMatching(/^canary-refresh-\w{16}$/),
        },
      });
      if (outcome.kind !== 'tokens') return;
      const { expiresAt, obtainedAt } = outcome.tokens;
      expect(expiresAt).toBe(obtainedAt + 3_600_000);
    },
  );

  it.each([
    ['html', 'failed', 'parse', /sent an HTML or XML page/],
    ['text', 'failed', 'parse', /neither JSON nor a form \(text\/plain\)/],
    ['empty', 'failed', 'parse', /sent an empty answer/],
    ['giant', 'failed', 'limit', /larger than/],
    ['redirect', 'failed', 'redirect', /307, a redirect, which is not followed with a secret/],
    ['html-500', 'retry', 'http_5xx', /answered 500/],
    ['error-500', 'retry', 'http_5xx', /answered 500/],
    ['busy', 'retry', 'http_429', /answered 429/],
    ['reset', 'retry', 'reset', /closed the connection before it answered/],
    ['echo', 'failed', 'auth', /refused \(invalid_request\)\.$/],
  ] as const)('is a clear error: %s → %s, %s', async (manner, kind, code, message) => {
    server.token = manner;
    const outcome = await askForToken();
    expect(outcome).toMatchObject({ kind, error: { code, message: expect.stringMatching(message) } });
    expect(JSON.stringify(outcome)).not.toMatch(/canary/i);
    expect(server.strays).toEqual([]);
  });

  it('hands on when a busy one asks to come back', async () => {
    server.token = 'busy';
    expect(await askForToken()).toHaveProperty('retryAfterMs', 7_000);
  });

  it('is left when its time is over, to be asked again later', async () => {
    server.token = 'slow';
    const { grant } = await signIn();
    const request = await tokenRequest(server.client, grant);
    if (request === null) throw new Error('no request');
    expect(request).toMatchObject({ timeoutMs: 15_000, maxResponseBytes: 1024 * 1024 });
    const outcome = await processTokenResponse(
      server.client,
      grant,
      await http.send({ ...request, timeoutMs: 100 }),
      Date.now(),
    );
    expect(outcome).toMatchObject({ kind: 'retry', error: { code: 'total_timeout' } });
    expect(JSON.stringify(outcome)).not.toContain('canary');
  });

  it('asks for a new sign-in when a code is used twice, also with status 200', async () => {
    const { grant } = await signIn();
    expect(await oauth.requestTokens(server.client, grant)).toMatchObject({ kind: 'tokens' });
    expect(await oauth.requestTokens(server.client, grant)).toMatchObject({ kind: 'reconnect' });
    server.token = 'error-with-200';
    expect(await oauth.requestTokens(server.client, grant)).toMatchObject({ kind: 'reconnect' });
  });

  it('rotates: each refresh token works once, and the newest is the one to keep', async () => {
    const first = await askForToken();
    if (first.kind !== 'tokens') throw new Error(first.error.message);
    const grant: Grant = { type: 'refresh_token', refreshToken: first.tokens.refreshToken ?? '' };
    const second = await oauth.requestTokens(server.client, grant);
    expect(second).toMatchObject({ kind: 'tokens', tokens: { rotated: true } });
    expect(await oauth.requestTokens(server.client, grant)).toMatchObject({
      kind: 'reconnect',
      error: { message: expect.stringContaining('no longer accepts the sign-in (invalid_grant: It was used before') },
    });
  });
});

describe('where a token request may go', () => {
  it('nowhere the egress guard forbids, and not to this machine unless it is allowed', async () => {
    const guarded = new HttpClient(new EgressGuard([]));
    const outcome = await new OAuthClient(guarded).requestTokens(server.client, { type: 'client_credentials' });
    await guarded.close();
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'blocked_address' } });
    expect(server.requests).toEqual([]);
  });

  it('not over http to the internet', async () => {
    const client = { ...server.client, accessTokenUrl: 'http://provider.example.com/token' };
    expect(await oauth.requestTokens(client, { type: 'client_credentials' })).toMatchObject({
      kind: 'failed',
      error: { code: 'mapping', message: expect.stringContaining('must begin with https://') },
    });
  });

  it('to a provider that announces no issuer without one', async () => {
    expect(await oauth.findIssuer(server.client.authorizationUrl ?? '')).toBeNull();
  });
});
