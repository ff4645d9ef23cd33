import { callbackUrl } from '../../src/platform/oauth/provider.js';
import { useApp } from '../support/app.js';
import { startBadOAuthServer, type BadOAuthServer } from '../support/bad-oauth-server.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';
import { clientCredentials, oauth2 } from '../support/oauth-connections.js';
import { startOidcServer, type OidcServer } from '../support/oidc-server.js';
import { useReceiver } from '../support/stub-receiver.js';

const PUBLIC_URL = 'http://hooks.example.test';

describe('signing in at a provider', () => {
  const app = useApp({ env: { HOOKLINE_PUBLIC_URL: PUBLIC_URL } });
  const stub = useReceiver();
  let oidc: OidcServer;
  let bad: BadOAuthServer;

  beforeAll(async () => {
    oidc = await startOidcServer(callbackUrl(PUBLIC_URL));
  });
  afterAll(() => oidc?.close());
  beforeEach(async () => {
    bad = await startBadOAuthServer();
  });
  afterEach(async () => {
    await app.deleteIntegrations();
    await bad.close();
  });

  const made = async (auth: object, rest: object = {}) => {
    const { status, body } = await app.call('POST', '/api/v1/connections', { name: 'CRM', auth, ...rest });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body;
  };
  const authOf = async (id: string) => (await app.call('GET', `/api/v1/connections/${id}`)).body.auth;
  const begun = async (id: string, headers?: Record<string, string>): Promise<string> => {
    const { status, body } = await app.call('POST', `/api/v1/connections/${id}/authorize`, undefined, headers);
    expect([status, body]).toEqual([200, { authorizationUrl: expect.any(String) }]);
    return body.authorizationUrl as string;
  };
  /** What the bad provider sends the browser back with. */
  const back = async (authorizationUrl: string): Promise<URL> => {
    const answer = await fetch(authorizationUrl, { redirect: 'manual' });
    return new URL(answer.headers.get('location')!);
  };
  const callback = async (url: URL, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${app.url}${url.pathname}${url.search}`, { headers });
    return { status: answer.status, headers: answer.headers, page: await answer.text() };
  };
  const session = async (role: string) => {
    const { body } = await app.call('POST', '/api/v1/api-keys', { name: role, role });
    const signedIn = await fetch(`${app.url}/api/v1/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: body.key }),
    });
    return { id: body.id as string, key: body.key as string, cookie: signedIn.headers.getSetCookie()[0].split(';')[0] };
  };
  const beginAs = async (cookie: string, id: string): Promise<string> => {
    const answer = await fetch(`${app.url}/api/v1/connections/${id}/authorize`, {
      method: 'POST',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { authorizationUrl: string }).authorizationUrl;
  };

  it('is shown as the fields of the form, and as not connected, before anybody did', async () => {
    const { id, auth } = await made(oauth2(oidc.client, { state: 'my page/7' }));
    expect(auth).toEqual({
      ...oauth2(oidc.client, { state: 'my page/7' }),
      clientSecret: '••••',
      callbackUrl: `${PUBLIC_URL}/oauth/callback`,
      status: 'not-connected',
      accessToken: null,
      refreshToken: null,
      expiresAt: null,
      error: null,
    });
    expect(await authOf(id)).toEqual(auth);
  });

  it('takes the eight fields of the form alone, also where the optional ones are sent empty', async () => {
    const eight = {
      type: 'oauth2',
      authorizationUrl: 'https://idp.example/authorize',
      accessTokenUrl: 'https://idp.example/token',
      clientId: 'a',
      clientSecret: 'b',
      scope: '',
      state: '',
      accessToken: '',
    };
    expect((await made(eight)).auth).toMatchObject({
      status: 'not-connected',
      clientAuth: 'header',
      accessToken: null,
    });
  });

  it('is connected by a pasted token, of which the last four characters are shown', async () => {
    stub.script('/a', { status: 200 });
    const { id, auth } = await made(oauth2(oidc.client, { accessToken: 'pasted-token-1234' }));
    expect(auth).toMatchObject({ status: 'connected', accessToken: '…1234', refreshToken: null, expiresAt: null });
    await turnedOn(app, [{ key: 'a', action: 'get', connectionId: id, input: { url: `${stub.url}/a` } }]);
    const run = await finishedRun(app, (await send(app, {})).body.runs[0]);
    expect(run.status).toBe('succeeded');
    expect(stub.received[0].headers.authorization).toBe('Bearer pasted-token-1234');
    expect(run.steps[0].attempts[0].request.headers.Authorization).toBe('Bearer ••••');
  });

  it('walks the whole dance: PKCE, state beside the user’s, issuer, tokens, a page, and a run that is signed in', async () => {
    stub.script('/a', { status: 200 });
    const { id } = await made(oauth2(oidc.client, { state: 'my page/7' }));
    const url = new URL(await begun(id));
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(url.searchParams.get('prompt')).toBe('consent');
    expect(url.searchParams.get('state')).toMatch(/^[\w-]{43}\.my page\/7$/);

    const { status, headers, page } = await callback(await oidc.walk(url.href));
    expect(status).toBe(200);
    expect(page).toContain('<h1>Connected</h1>');
    expect(page).toContain('CRM is connected.');
    const nonce = /<script nonce="([\w-]+)">/.exec(page)![1];
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    );
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');

    const auth = await authOf(id);
    expect(auth).toMatchObject({ status: 'connected', accessToken: expect.stringMatching(/^….{4}$/), error: null });
    expect(auth.refreshToken).toBe('••••');
    expect(Date.parse(auth.expiresAt) - Date.now()).toBeGreaterThan(3_500_000);
    await turnedOn(app, [{ key: 'a', action: 'get', connectionId: id, input: { url: `${stub.url}/a` } }]);
    expect((await finishedRun(app, (await send(app, {})).body.runs[0])).status).toBe('succeeded');
    expect(stub.received[0].headers.authorization).toMatch(/^Bearer [\w-]{20,}$/);
  });

  it('refuses a state that was used before, and asks for no token with it', async () => {
    const { id } = await made(oauth2(bad.client));
    const url = await back(await begun(id));
    expect((await callback(url)).status).toBe(200);
    const again = await callback(url);
    expect(again.status).toBe(400);
    expect(again.page).toContain('was used before');
    expect(bad.requests).toHaveLength(1);
    expect((await authOf(id)).status).toBe('connected');
  });

  it('ends in the session that began it and in no other, also not in none', async () => {
    const [ann, bob] = [await session('developer'), await session('developer')];
    const { id } = await made(oauth2(bad.client));
    for (const headers of [{ cookie: bob.cookie }, {} as Record<string, string>]) {
      const refused = await callback(await back(await beginAs(ann.cookie, id)), headers);
      expect(refused.status).toBe(400);
      expect(refused.page).toContain('begun by somebody else, or in another browser');
      expect(refused.page).not.toContain('CRM');
    }
    expect(bad.requests).toEqual([]);
    expect(await authOf(id)).toMatchObject({ status: 'not-connected', error: null });
    const own = await callback(await back(await beginAs(ann.cookie, id)), { cookie: ann.cookie });
    expect(own.status).toBe(200);
    expect((await authOf(id)).status).toBe('connected');
  });

  it('begun with a key, ends in any browser where nobody else is signed in, while the key works', async () => {
    const [ann, bob] = [await session('developer'), await session('developer')];
    const { id } = await made(oauth2(bad.client));
    const authorization = `Bearer ${ann.key}`;
    expect((await callback(await back(await begun(id, { authorization })), { cookie: bob.cookie })).status).toBe(400);
    expect((await callback(await back(await begun(id, { authorization })), { cookie: ann.cookie })).status).toBe(200);
    const late = await back(await begun(id, { authorization }));
    await app.call('DELETE', `/api/v1/api-keys/${ann.id}`);
    expect((await callback(late)).status).toBe(400);
  });

  it('is over after ten minutes', async () => {
    const { id } = await made(oauth2(bad.client));
    const url = await back(await begun(id));
    const { source } = app.database;
    await source.query(`update oauth_flows set expires_at = now() - interval '1 ms'`);
    const late = await callback(url);
    expect([late.status, late.page]).toEqual([400, expect.stringContaining('longer than 10 minutes')]);
    await begun(id);
    const [{ count }] = await source.query<{ count: number }[]>(
      `select count(*)::int count from oauth_flows where expires_at < now()`,
    );
    expect(count).toBe(0);
  });

  it('keeps at most twenty sign-ins of a connection under way', async () => {
    const { id } = await made(oauth2(bad.client));
    const first = await back(await begun(id));
    for (let n = 0; n < 20; n++) await begun(id);
    expect((await callback(first)).status).toBe(400);
  });

  it('gives the code to nobody else where the connection was changed meanwhile, or deleted', async () => {
    const other = await startBadOAuthServer();
    try {
      const { id } = await made(oauth2(bad.client));
      const url = await back(await begun(id));
      const accessTokenUrl = other.client.accessTokenUrl;
      await app.call('PATCH', `/api/v1/connections/${id}`, { auth: { type: 'oauth2', accessTokenUrl } });
      const changed = await callback(url);
      expect([changed.status, changed.page]).toEqual([400, expect.stringContaining('was changed meanwhile')]);
      const later = await back(await begun(id));
      await app.call('DELETE', `/api/v1/connections/${id}`);
      expect((await callback(later)).status).toBe(400);
      expect([...bad.requests, ...other.requests]).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it.each([
    ['wrong-state', 'not known here', null],
    ['no-state', 'not known here', null],
    ['code-twice', '&#34;code&#34; is in the address twice', 'auth'],
    ['denied', 'refused by the person or by the provider (access_denied: The owner said no)', 'auth'],
  ] as const)('says what went wrong where the provider sends back: %s', async (manner, words, code) => {
    bad.authorization = manner;
    const { id } = await made(oauth2(bad.client));
    const { status, page } = await callback(await back(await begun(id)));
    expect([status, page]).toEqual([400, expect.stringContaining(words)]);
    const auth = await authOf(id);
    expect(auth.status).toBe('not-connected');
    expect(auth.error?.code ?? null).toBe(code);
    expect(bad.requests).toEqual([]);
  });

  it('refuses an issuer that is not the one the provider announces', async () => {
    const { id } = await made(oauth2(oidc.client));
    const url = await oidc.walk(await begun(id));
    url.searchParams.set('iss', 'https://elsewhere.example');
    const { status, page } = await callback(url);
    expect([status, page]).toEqual([400, expect.stringContaining('from another provider')]);
    expect(await authOf(id)).toMatchObject({ status: 'not-connected', error: { code: 'auth' } });
  });

  it.each(['form-encoded', 'created', 'no-token-type', 'lifetime-as-text', 'good'] as const)(
    'understands a token answer that is %s',
    async (manner) => {
      bad.token = manner;
      const { id } = await made(oauth2(bad.client));
      expect((await callback(await back(await begun(id)))).status).toBe(200);
      expect(await authOf(id)).toMatchObject({ status: 'connected', error: null });
    },
  );

  it.each([
    ['html', 'parse', /HTML or XML page/],
    ['html-500', 'http_5xx', /answered 500/],
    ['text', 'parse', /neither JSON nor a form/],
    ['empty', 'parse', /an empty answer/],
    ['error-500', 'http_5xx', /answered 500/],
    ['busy', 'http_429', /answered 429/],
    ['giant', 'limit', /larger than/],
    ['redirect', 'redirect', /307/],
    ['reset', 'reset', /closed the connection/],
    ['echo', 'auth', /refused \(invalid_request\)/],
  ] as const)('says so on the page and at the connection where the token answer is %s', async (manner, code, words) => {
    bad.token = manner;
    const { id } = await made(oauth2(bad.client));
    const { status, page } = await callback(await back(await begun(id)));
    expect([status, page]).toEqual([400, expect.stringContaining('The sign-in failed')]);
    expect(page).not.toMatch(/canary/i);
    expect(await authOf(id)).toMatchObject({
      status: 'not-connected',
      accessToken: null,
      error: { code, message: expect.stringMatching(words) },
    });
    expect(bad.requests).toHaveLength(1);
  });

  it('leaves a connection that works as it is where a new sign-in fails', async () => {
    const { id } = await made(oauth2(bad.client));
    await callback(await back(await begun(id)));
    const before = await authOf(id);
    bad.token = 'html';
    expect((await callback(await back(await begun(id)))).status).toBe(400);
    expect(await authOf(id)).toEqual(before);
  });

  it('calls no token endpoint that the guard forbids', async () => {
    const accessTokenUrl = bad.client.accessTokenUrl.replace('127.0.0.1', '127.0.0.2');
    const { id } = await made(oauth2({ ...bad.client, accessTokenUrl }));
    const { status } = await callback(await back(await begun(id)));
    expect(status).toBe(400);
    expect((await authOf(id)).error).toMatchObject({ code: 'blocked_address' });
  });

  it('is looked at by HEAD without being used up, and escapes whatever a provider says', async () => {
    const { id } = await made(oauth2(bad.client, { state: '' }));
    const url = await back(await begun(id));
    await fetch(`${app.url}${url.pathname}${url.search}`, { method: 'HEAD' });
    url.searchParams.delete('code');
    url.searchParams.set('error', 'x&y');
    url.searchParams.set('error_description', `say "it's"`);
    const { page } = await callback(url);
    expect(page).toContain('(x&#38;y: say &#34;it&#39;s&#34;)');
  });

  it('is for connections that somebody signs in with', async () => {
    for (const auth of [{ type: 'bearer', token: 'a' }, clientCredentials(bad.client)]) {
      const { id } = await made(auth);
      const refused = await app.call('POST', `/api/v1/connections/${id}/authorize`);
      expect(refused).toMatchObject({ status: 409, body: { code: 'no_sign_in' } });
    }
    const none = await app.call('POST', `/api/v1/connections/con_${'0'.repeat(26)}/authorize`);
    expect(none.status).toBe(404);
  });

  it.each([
    [{ accessTokenUrl: 'http://idp.example/token' }, '/auth/accessTokenUrl', 'https://'],
    [{ accessTokenUrl: 'rubbish' }, '/auth/accessTokenUrl', 'https://'],
    [{ authorizationUrl: 'javascript:alert(1)' }, '/auth/authorizationUrl', 'https://'],
    [{ authorizationUrl: 'https://a:b@idp.example/' }, '/auth/authorizationUrl', 'user name'],
    [{ clientId: '' }, '/auth/clientId', ''],
    [{ clientSecret: '••••' }, '/auth/clientSecret', 'mask'],
    [{ accessToken: '…1234' }, '/auth/accessToken', 'visible ASCII'],
    [{ extraAuthParams: { state: 'mine' } }, '/auth/extraAuthParams/state', 'cannot be set here'],
    [{ clientAuth: 'cookie' }, '/auth/clientAuth', ''],
    [{ code: 'x' }, '/auth/code', ''],
  ])('is refused where its fields are none: %j', async (rest, path, message) => {
    const { status, body } = await app.call('POST', '/api/v1/connections', {
      name: 'Bad',
      auth: oauth2(bad.client, rest),
    });
    expect([status, body.errors?.[0].path]).toEqual([422, path]);
    expect(body.errors[0].message).toContain(message);
  });
});
