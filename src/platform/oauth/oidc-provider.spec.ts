import { startOidcServer, type OidcServer } from '../../../test/support/oidc-server.js';
import { EgressGuard } from '../http/egress-guard.js';
import { HttpClient } from '../http/http.client.js';
import { authorizationRequest, processAuthorizationResponse, type AuthorizationFlow } from './authorization.js';
import { OAuthClient } from './oauth.client.js';
import { callbackUrl, type Grant, type OAuthProvider } from './provider.js';
import type { TokenOutcome } from './token-response.js';
import type { Tokens } from './tokens.js';

const PUBLIC_URL = 'https://hooks.example.test';
let server: OidcServer;
let http: HttpClient;
let oauth: OAuthClient;

beforeAll(async () => {
  server = await startOidcServer(callbackUrl(PUBLIC_URL));
  http = new HttpClient(new EgressGuard(['127.0.0.1']));
  oauth = new OAuthClient(http);
});
afterAll(async () => {
  await http.close();
  await server.close();
});

async function signIn(userState?: string): Promise<{ flow: AuthorizationFlow; back: URL; code: string }> {
  const issuer = await oauth.findIssuer(server.client.authorizationUrl ?? '');
  const { url, flow } = await authorizationRequest(server.client, { publicUrl: PUBLIC_URL, userState, issuer });
  const back = await server.walk(url);
  const outcome = processAuthorizationResponse(flow, back.searchParams);
  if (outcome.kind !== 'code') throw new Error(outcome.message);
  return { flow, back, code: outcome.code };
}

const withCode = ({ codeVerifier, redirectUri }: AuthorizationFlow, code: string): Grant => ({
  type: 'authorization_code',
  code,
  codeVerifier,
  redirectUri,
});

function tokensOf(outcome: TokenOutcome): Tokens {
  if (outcome.kind === 'tokens') return outcome.tokens;
  throw new Error(`${outcome.kind}: ${outcome.error.message}`);
}

describe('against a strict provider', () => {
  it('signs in, with its announced issuer and the user’s state in the callback', async () => {
    const { flow, back, code } = await signIn('my page/7');
    expect(flow.issuer).toBe(server.issuer);
    expect(back.searchParams.get('iss')).toBe(server.issuer);
    expect(back.searchParams.get('state')).toMatch(/^[\w-]{43}\.my page\/7$/);

    const before = Date.now();
    const tokens = tokensOf(await oauth.requestTokens(server.client, withCode(flow, code)));
    expect(tokens).toMatchObject({ accessToken: expect.stringMatching(/./), rotated: false });
    expect(tokens.refreshToken).toMatch(/./);
    expect((tokens.expiresAt ?? 0) - before).toBeGreaterThanOrEqual(3_600_000);
    expect((tokens.expiresAt ?? 0) - before).toBeLessThan(3_630_000);
  });

  it('refreshes, gives the rotated refresh token, and asks for a new sign-in once the old one is used again', async () => {
    const { flow, code } = await signIn();
    const first = tokensOf(await oauth.requestTokens(server.client, withCode(flow, code)));
    const old: Grant = { type: 'refresh_token', refreshToken: first.refreshToken ?? '' };
    const second = tokensOf(await oauth.requestTokens(server.client, old));
    expect(second.rotated).toBe(true);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(second.accessToken).not.toBe(first.accessToken);
    const again = await oauth.requestTokens(server.client, old);
    expect(again).toMatchObject({ kind: 'reconnect', error: { code: 'auth' } });
    expect(again).toHaveProperty('error.message', expect.stringMatching(/invalid_grant.*Sign in again\.$/));
  });

  it('is refused with another code verifier than the one it began with', async () => {
    const { flow, code } = await signIn();
    const outcome = await oauth.requestTokens(server.client, withCode({ ...flow, codeVerifier: 'x'.repeat(43) }, code));
    expect(outcome).toMatchObject({ kind: 'reconnect' });
  });

  it('is refused with a code that was used before', async () => {
    const { flow, code } = await signIn();
    tokensOf(await oauth.requestTokens(server.client, withCode(flow, code)));
    expect(await oauth.requestTokens(server.client, withCode(flow, code))).toMatchObject({ kind: 'reconnect' });
  });

  it.each<[OAuthProvider['clientAuth'], string]>([
    ['header', ''],
    ['body', ':body'],
  ])('gets a token for the client itself, authenticated in the %s', async (clientAuth, suffix) => {
    const client = { ...server.client, clientAuth, clientId: server.client.clientId + suffix, scope: '' };
    const tokens = tokensOf(await oauth.requestTokens(client, { type: 'client_credentials' }));
    expect(tokens).toMatchObject({ accessToken: expect.stringMatching(/./), refreshToken: null });
  });

  it('says to check the client when its secret is wrong, and shows no secret', async () => {
    const client = { ...server.client, clientSecret: 'canary-wrong-secret' };
    const outcome = await oauth.requestTokens(client, { type: 'client_credentials' });
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'auth' } });
    expect(outcome).toHaveProperty('error.message', expect.stringContaining('does not accept this client'));
    expect(JSON.stringify(outcome)).not.toContain('canary');
  });
});
