import { callbackUrl } from '../../src/platform/oauth/provider.js';
import { useApp } from '../support/app.js';
import { startBadOAuthServer, type BadOAuthServer, type TokenManner } from '../support/bad-oauth-server.js';
import { finishedRun, letTimePass, runUntilIdle, send, turnedOn } from '../support/engine.js';
import { clientCredentials, letTokenAge, letTokenEnd, oauth2 } from '../support/oauth-connections.js';
import { startOidcServer, type OidcServer } from '../support/oidc-server.js';
import { useReceiver } from '../support/stub-receiver.js';

const PUBLIC_URL = 'http://hooks.example.test';

describe('access tokens', () => {
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

  const made = async (auth: object): Promise<string> => {
    const { status, body } = await app.call('POST', '/api/v1/connections', { name: 'CRM', auth });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body.id as string;
  };
  const authOf = async (id: string) => (await app.call('GET', `/api/v1/connections/${id}`)).body.auth;
  const signIn = async (id: string, walk: (url: string) => Promise<URL>): Promise<void> => {
    const { body } = await app.call('POST', `/api/v1/connections/${id}/authorize`);
    const url = await walk(body.authorizationUrl);
    expect((await fetch(`${app.url}${url.pathname}${url.search}`)).status).toBe(200);
  };
  const walkBad = async (url: string): Promise<URL> =>
    new URL((await fetch(url, { redirect: 'manual' })).headers.get('location')!);
  /** An integration that calls `/a` with the connection. */
  const used = (connectionId: string) =>
    turnedOn(app, [{ key: 'a', action: 'get', connectionId, input: { url: `${stub.url}/a` }, retry: { attempts: 1 } }]);
  const sent = async (): Promise<string> => (await send(app, {})).body.runs[0];
  const runOf = async (id: string) => (await app.call('GET', `/api/v1/runs/${id}`)).body;
  const tokens = () => stub.received.map(({ headers }) => headers.authorization);
  const grants = () => bad.requests.map(({ form }) => form.get('grant_type'));

  it('are renewed before they end, and the rotated refresh token is the one used next', async () => {
    stub.always('/a', { status: 200 });
    const id = await made(oauth2(oidc.client));
    await signIn(id, oidc.walk);
    await used(id);
    for (let n = 0; n < 3; n++) {
      expect((await finishedRun(app, await sent())).status).toBe('succeeded');
      await letTokenAge(app, id);
    }
    expect(new Set(tokens()).size).toBe(3);
    expect(await authOf(id)).toMatchObject({ status: 'connected', error: null });
  });

  it('are renewed once for as many runs as need them at the same time', async () => {
    stub.always('/a', { status: 200 });
    const id = await made(oauth2(bad.client));
    await signIn(id, walkBad);
    await used(id);
    await letTokenEnd(app, id);
    const runs = await Promise.all(Array.from({ length: 20 }, sent));
    for (const run of runs) expect((await finishedRun(app, run)).status).toBe('succeeded');
    expect(grants()).toEqual(['authorization_code', 'refresh_token']);
    expect(new Set(tokens()).size).toBe(1);
  });

  it('that a receiver refuses are renewed once, and the call is made again: both are on record', async () => {
    stub.script('/a', { status: 401 }, { status: 200 });
    const id = await made(oauth2(bad.client));
    await signIn(id, walkBad);
    await used(id);
    const run = await finishedRun(app, await sent());
    expect(run.status).toBe('succeeded');
    expect(run.steps[0].attempts).toMatchObject([
      { number: 1, status: 'failed', response: { status: 401 }, error: { code: 'http_4xx' } },
      { number: 2, status: 'succeeded', response: { status: 200 } },
    ]);
    expect(run.steps[0].attempts[0].nextAttemptAt).toMatch(/^\d{4}-.*Z$/);
    expect(grants()).toEqual(['authorization_code', 'refresh_token']);
    expect(new Set(tokens()).size).toBe(2);
    stub.verify();
  });

  it('that are refused again with a new one fail the step, and are not renewed for every run that follows', async () => {
    stub.always('/a', { status: 401 });
    const id = await made(oauth2(bad.client));
    await signIn(id, walkBad);
    await used(id);
    const first = await finishedRun(app, await sent());
    expect(first).toMatchObject({ status: 'failed', error: { code: 'http_4xx' } });
    expect(first.steps[0].attempts).toHaveLength(2);
    const second = await finishedRun(app, await sent());
    expect(second.steps[0].attempts).toHaveLength(1);
    expect(grants()).toEqual(['authorization_code', 'refresh_token']);
  });

  it('that were pasted and are refused fail the step: nobody can renew them', async () => {
    stub.always('/a', { status: 401 });
    await used(await made(oauth2(bad.client, { accessToken: 'pasted-token-1234' })));
    const run = await finishedRun(app, await sent());
    expect(run).toMatchObject({ status: 'failed', error: { code: 'http_4xx' } });
    expect(run.steps[0].attempts).toHaveLength(1);
  });

  it('of a client itself are fetched when they are first needed, and kept', async () => {
    stub.always('/a', { status: 200 });
    const id = await made(clientCredentials(oidc.client));
    expect(await authOf(id)).toMatchObject({ status: 'not-connected', accessToken: null, clientSecret: '••••' });
    await used(id);
    for (let n = 0; n < 2; n++) expect((await finishedRun(app, await sent())).status).toBe('succeeded');
    expect(new Set(tokens()).size).toBe(1);
    expect(await authOf(id)).toMatchObject({ status: 'connected', accessToken: expect.stringMatching(/^…/) });
    await letTokenEnd(app, id);
    expect((await finishedRun(app, await sent())).status).toBe('succeeded');
    expect(new Set(tokens()).size).toBe(2);
  });

  it('that cannot be renewed any more make runs wait; after a new sign-in they go on by themselves', async () => {
    stub.always('/a', { status: 200 });
    const id = await made(oauth2(bad.client, { accessToken: 'old-token-1234', refreshToken: 'revoked' }));
    await used(id);
    await letTokenEnd(app, id);
    const runs = await Promise.all([sent(), sent(), sent()]);
    await runUntilIdle(app);
    for (const run of runs) expect(await runOf(run)).toMatchObject({ status: 'waiting', reason: 'connection' });
    expect(await authOf(id)).toMatchObject({
      status: 'reconnect',
      error: { code: 'auth', message: expect.stringContaining('Sign in again') },
    });
    expect(stub.received).toEqual([]);

    await signIn(id, walkBad);
    for (const run of runs) expect((await finishedRun(app, run)).status).toBe('succeeded');
    expect(await authOf(id)).toMatchObject({ status: 'connected', error: null });
    expect(grants()).toEqual(['refresh_token', 'authorization_code']);
  });

  it('make runs wait while nobody has signed in yet, and a pasted token lets them go on', async () => {
    stub.always('/a', { status: 200 });
    const id = await made(oauth2(bad.client));
    await used(id);
    const run = await sent();
    await runUntilIdle(app);
    expect(await runOf(run)).toMatchObject({ status: 'waiting', reason: 'connection' });
    await app.call('PATCH', `/api/v1/connections/${id}`, { auth: { type: 'oauth2', accessToken: 'pasted-1234' } });
    expect((await finishedRun(app, run)).status).toBe('succeeded');
    expect(tokens()).toEqual(['Bearer pasted-1234']);
  });

  it.each<[TokenManner, string, string]>([
    ['html-500', 'connected', 'http_5xx'],
    ['error-500', 'connected', 'http_5xx'],
    ['busy', 'connected', 'http_429'],
    ['reset', 'connected', 'reset'],
    ['html', 'reconnect', 'parse'],
    ['text', 'reconnect', 'parse'],
    ['empty', 'reconnect', 'parse'],
    ['giant', 'reconnect', 'limit'],
    ['redirect', 'reconnect', 'redirect'],
    ['echo', 'reconnect', 'auth'],
  ])('are waited for where the provider answers a refresh badly: %s', async (manner, status, code) => {
    stub.always('/a', { status: 200 });
    const id = await made(clientCredentials(bad.client));
    await used(id);
    expect((await finishedRun(app, await sent())).status).toBe('succeeded');
    await letTokenEnd(app, id);
    bad.token = manner;
    const run = await sent();
    await runUntilIdle(app);
    expect(await runOf(run)).toMatchObject({ status: 'waiting', reason: 'connection', error: null });
    const auth = await authOf(id);
    expect(auth).toMatchObject({ status, error: { code } });
    expect(auth.error.message).not.toMatch(/canary/i);

    bad.token = 'good';
    await letTokenEnd(app, id);
    await letTimePass(app);
    expect((await finishedRun(app, run)).status).toBe('succeeded');
    expect(await authOf(id)).toMatchObject({ status: 'connected', error: null });
  });

  it('are used to their end while the provider cannot renew them', async () => {
    stub.always('/a', { status: 200 });
    const id = await made(oauth2(bad.client));
    await signIn(id, walkBad);
    await used(id);
    await letTokenAge(app, id);
    bad.token = 'error-500';
    for (let n = 0; n < 2; n++) expect((await finishedRun(app, await sent())).status).toBe('succeeded');
    expect(await authOf(id)).toMatchObject({ status: 'connected', error: { code: 'http_5xx' } });
    expect(new Set(tokens()).size).toBe(1);
  });

  it('that a mended registration makes possible are fetched at once', async () => {
    stub.always('/a', { status: 200 });
    const id = await made(clientCredentials(oidc.client, { clientSecret: 'wrong' }));
    await used(id);
    const run = await sent();
    await runUntilIdle(app);
    expect(await runOf(run)).toMatchObject({ status: 'waiting', reason: 'connection' });
    expect(await authOf(id)).toMatchObject({
      status: 'reconnect',
      error: { message: expect.stringContaining('does not accept this client') },
    });
    const { clientSecret } = oidc.client;
    await app.call('PATCH', `/api/v1/connections/${id}`, { auth: { type: 'oauth2-client-credentials', clientSecret } });
    expect((await finishedRun(app, run)).status).toBe('succeeded');
  });

  it('are renewed by tests of a connection and of a step too', async () => {
    stub.script('/a', { status: 401 }, { status: 200 }, { status: 200 });
    const id = await made(oauth2(bad.client));
    await signIn(id, walkBad);
    const test = await app.call('POST', `/api/v1/connections/${id}/test`, { url: `${stub.url}/a` });
    expect(test.body).toMatchObject({ outcome: 'succeeded', request: { headers: { Authorization: 'Bearer ••••' } } });
    expect(grants()).toEqual(['authorization_code', 'refresh_token']);
    await letTokenEnd(app, id);
    const integration = await used(id);
    const step = await app.call('POST', `/api/v1/integrations/${integration}/steps/a/test`, { event: { data: {} } });
    expect(step.body).toMatchObject({ outcome: 'succeeded' });
    expect(grants()).toHaveLength(3);
    const unsigned = await made(oauth2(bad.client));
    const refused = await app.call('POST', `/api/v1/connections/${unsigned}/test`, { url: `${stub.url}/a` });
    expect(refused.body).toMatchObject({
      outcome: 'failed',
      error: { code: 'auth', message: expect.stringContaining('Nobody has signed in') },
    });
  });

  it('are forgotten where another client, another server or nothing takes their place', async () => {
    const edit = (id: string, auth: object) =>
      app.call('PATCH', `/api/v1/connections/${id}`, { auth: { type: 'oauth2', ...auth } });
    const pasted = () => made(oauth2(bad.client, { accessToken: 'pasted-token-1234' }));
    for (const change of [
      { clientId: 'another' },
      { accessTokenUrl: 'https://idp.example/token' },
      { accessToken: null },
    ]) {
      expect((await edit(await pasted(), change)).body.auth).toMatchObject({
        status: 'not-connected',
        accessToken: null,
      });
    }
    for (const change of [{ scope: 'more' }, { accessToken: '…1234', clientSecret: '••••' }, { state: 'x' }]) {
      expect((await edit(await pasted(), change)).body.auth).toMatchObject({
        status: 'connected',
        accessToken: '…1234',
      });
    }
  });
});
