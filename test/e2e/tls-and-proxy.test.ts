import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { useApp } from '../support/app.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';
import { startProxy, type Proxy } from '../support/proxy.js';
import { selfSigned } from '../support/self-signed.js';
import { logInto } from '../support/traces.js';
import { StubReceiver } from '../support/stub-receiver.js';

const theirs = selfSigned('hooks.internal');
const ours = selfSigned('our.client');
const PASSPHRASE = 'tls-passphrase';
const locked = createPrivateKey(ours.key).export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: PASSPHRASE,
}) as string;
const TLS = { ca: theirs.cert, cert: ours.cert, key: locked, passphrase: PASSPHRASE, servername: 'hooks.internal' };

describe('a connection with TLS settings or a proxy of its own', () => {
  const log: string[] = [];
  const app = useApp({ logger: logInto(log) });
  /** Nobody public vouches for it, and it asks who calls. */
  let server: Server;
  let url: string;
  let proxy: Proxy;

  beforeAll(async () => {
    server = createServer(
      { ...theirs, requestCert: true, ca: ours.cert, rejectUnauthorized: false },
      (request, reply) => {
        const socket = request.socket as TLSSocket;
        const client = socket.authorized ? String(socket.getPeerCertificate().subject.CN) : null;
        reply.setHeader('content-type', 'application/json');
        if (request.url !== '/token') return void reply.end(JSON.stringify({ client }));
        reply.statusCode = client === null ? 401 : 200;
        const token = { access_token: 'token-behind-tls', token_type: 'Bearer', expires_in: 3600 };
        reply.end(JSON.stringify(client === null ? { error: 'invalid_client' } : token));
      },
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    proxy = await startProxy({ authorization: `Basic ${Buffer.from('ann:pr0xy').toString('base64')}` });
  });
  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    await proxy?.close();
  });
  beforeEach(() => {
    proxy.asked.length = 0;
  });
  afterEach(async () => {
    await app.deleteIntegrations();
  });

  const made = async (rest: object, auth: object = { type: 'bearer', token: 'b3arer' }) => {
    const { status, body } = await app.call('POST', '/api/v1/connections', { name: 'Internal', auth, ...rest });
    expect({ status, errors: body.errors }).toEqual({ status: 201, errors: undefined });
    return body;
  };
  const test = async (id: string, at = url) =>
    (await app.call('POST', `/api/v1/connections/${id}/test`, { url: at })).body;
  const proxySettings = () => ({ url: proxy.url, username: 'ann', password: 'pr0xy' });

  it('shows its certificate and trusts its own authority: run, step test, connection test', async () => {
    const { id } = await made({ tls: TLS });
    const steps = [{ key: 'a', action: 'get', connectionId: id, input: { url } }];
    const integration = await turnedOn(app, steps);
    const run = await finishedRun(app, (await send(app, {})).body.runs[0]);
    expect(run.status).toBe('succeeded');
    expect(run.steps[0].attempts[0].response.body).toContain('our.client');
    const tested = await app.call('POST', `/api/v1/integrations/${integration}/steps/a/test`, { event: { data: {} } });
    expect(tested.body).toMatchObject({ outcome: 'succeeded', output: { body: { client: 'our.client' } } });
    expect(await test(id)).toMatchObject({ outcome: 'succeeded', output: { body: { client: 'our.client' } } });
    expect(JSON.stringify([run, tested.body])).not.toMatch(/PRIVATE|CERTIFICATE|passphrase/);
  });

  it('is refused by us without the authority, and names what to do', async () => {
    const { id } = await made({});
    expect(await test(id)).toMatchObject({ outcome: 'failed', error: { code: 'tls' } });
    await app.call('PATCH', `/api/v1/connections/${id}`, { tls: { ca: theirs.cert } });
    expect((await test(id)).error).toMatchObject({ code: 'tls', message: expect.stringContaining('another name') });
    await app.call('PATCH', `/api/v1/connections/${id}`, { tls: { servername: 'hooks.internal' } });
    expect(await test(id)).toMatchObject({ outcome: 'succeeded', output: { body: { client: null } } });
    const { body } = await app.call('PATCH', `/api/v1/connections/${id}`, { tls: null });
    expect(body.tls).toBeNull();
    expect((await test(id)).error.code).toBe('tls');
  });

  it('takes any certificate where it says so, which is shown and logged', async () => {
    const { id, tls } = await made({ tls: { skipVerify: true } });
    expect(tls).toMatchObject({ skipVerify: true, ca: null, cert: null, key: null });
    expect(await test(id)).toMatchObject({ outcome: 'succeeded' });
    expect(log.filter((each) => each.startsWith('connection.tls_not_verified') && each.includes(id))).toHaveLength(1);
  });

  it('shows when its certificates end, and of its key and passwords nothing but a mask', async () => {
    const { id } = await made({ tls: TLS, proxy: proxySettings() });
    const { body } = await app.call('GET', `/api/v1/connections/${id}`);
    expect(body.tls).toEqual({
      ...{ ca: theirs.cert, cert: ours.cert, servername: 'hooks.internal', skipVerify: false, key: '••••' },
      caExpiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
      certExpiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(Date.parse(body.tls.certExpiresAt)).toBeGreaterThan(Date.now());
    expect(body.proxy).toEqual({ url: proxy.url, username: 'ann', password: '••••' });
    // Sent back as it was read, it stays.
    const { caExpiresAt: _ca, certExpiresAt: _cert, ...tls } = body.tls;
    const edited = await app.call('PATCH', `/api/v1/connections/${id}`, { tls, proxy: body.proxy });
    expect(edited.body).toMatchObject({ tls: body.tls, proxy: body.proxy });
    expect(await test(id)).toMatchObject({ outcome: 'succeeded', output: { body: { client: 'our.client' } } });
  });

  it('goes through its proxy, by a tunnel for https and with the whole URL for http', async () => {
    const stub = await StubReceiver.start();
    stub.script('/a', { status: 200 });
    const { id } = await made({
      tls: { ca: theirs.cert, servername: 'hooks.internal' },
      proxy: proxySettings(),
    });
    expect(await test(id)).toMatchObject({ outcome: 'succeeded', output: { body: { client: null } } });
    expect(await test(id, `${stub.url}/a`)).toMatchObject({ outcome: 'succeeded' });
    expect(proxy.asked).toEqual([`CONNECT ${new URL(url).host}`, `GET ${stub.url}/a`]);
    expect(stub.received[0].headers['proxy-authorization']).toBeUndefined();
    await app.call('PATCH', `/api/v1/connections/${id}`, { proxy: { password: 'wrong' } });
    expect(await test(id)).toMatchObject({ error: { code: 'auth', message: expect.stringContaining('407') } });
    await stub.stop();
  });

  it('gets its tokens the same way', async () => {
    const auth = {
      ...{ type: 'oauth2-client-credentials', accessTokenUrl: `${url}/token` },
      ...{ clientId: 'client', clientSecret: 's3cret' },
    };
    const { id } = await made({ tls: TLS, proxy: proxySettings() }, auth);
    expect(await test(id)).toMatchObject({
      outcome: 'succeeded',
      request: { headers: { Authorization: 'Bearer ••••' } },
    });
    expect(proxy.asked.filter((each) => each === `CONNECT ${new URL(url).host}`).length).toBeGreaterThan(0);
    const { id: straight } = await made({}, auth);
    expect(await test(straight)).toMatchObject({ outcome: 'failed', error: { code: expect.any(String) } });
  });

  it('says that it was the proxy that could not be reached', async () => {
    const { id } = await made({ proxy: { url: 'http://127.0.0.1:1' } });
    const message = expect.stringMatching(/^The proxy http:\/\/127\.0\.0\.1:1 refused/);
    expect((await test(id)).error).toMatchObject({ code: 'connect_refused', message });
    expect((await test(id, 'http://127.0.0.1:2/')).error).toMatchObject({ code: 'connect_refused', message });
  });

  it('cannot be used to reach a forbidden proxy, nor a forbidden target behind one', async () => {
    const { id } = await made({ proxy: { url: 'http://127.0.0.2:3128' } });
    expect((await test(id)).error).toMatchObject({ code: 'blocked_address' });
    const { id: behind } = await made({ proxy: proxySettings() });
    expect((await test(behind, 'http://169.254.169.254/latest')).error.code).toBe('blocked_address');
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    [{ tls: { cert: 'nonsense' } }, '/tls/cert'],
    [{ tls: { ca: ours.key } }, '/tls/ca'],
    [{ tls: { cert: ours.cert } }, '/tls/key'],
    [{ tls: { cert: theirs.cert, key: ours.key } }, '/tls/key'],
    [{ tls: { cert: ours.cert, key: locked } }, '/tls/passphrase'],
    [{ tls: { cert: ours.cert, key: locked, passphrase: 'wrong' } }, '/tls/passphrase'],
    [{ tls: { servername: 'a b' } }, '/tls/servername'],
    [{ tls: { pin: 'x' } }, '/tls/pin'],
    [{ proxy: { url: 'socks5://proxy' } }, '/proxy/url'],
    [{ proxy: { url: 'http://ann:pr0xy@proxy' } }, '/proxy/url'],
    [{ proxy: {} }, '/proxy/url'],
  ])('is refused with the member at fault: %#', async (rest, path) => {
    const { status, body } = await app.call('POST', '/api/v1/connections', {
      name: 'Bad',
      auth: { type: 'none' },
      ...rest,
    });
    expect(status).toBe(422);
    expect(body.errors.map((each: { path: string }) => each.path)).toEqual([path]);
    expect(JSON.stringify(body)).not.toMatch(/pr0xy|BEGIN .*PRIVATE KEY-----\\n|tls-passphrase/);
  });
});
