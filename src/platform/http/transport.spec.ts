import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { startBadReceiver, ok, type BadReceiver } from '../../../test/support/bad-receiver.js';
import { failure, response } from '../../../test/support/http-calls.js';
import { startProxy, type Proxy, type ProxyOptions } from '../../../test/support/proxy.js';
import { selfSigned } from '../../../test/support/self-signed.js';
import { EgressGuard } from './egress-guard.js';
import { exchangeFailure } from './http-failure.js';
import { HttpClient, type HttpRequest, type HttpResult } from './http.client.js';
import { Transport, type ProxySettings, type TlsSettings } from './transport.js';

const theirs = selfSigned('hooks.example');
const ours = selfSigned('our.client');
const other = selfSigned('other.client');

describe('a transport', () => {
  let server: Server;
  let port: number;
  let connections = 0;
  let plain: BadReceiver;
  const proxies: Proxy[] = [];
  let client: HttpClient;

  beforeAll(async () => {
    server = createServer(
      { ...theirs, requestCert: true, ca: ours.cert, rejectUnauthorized: false },
      (request, reply) => {
        const socket = request.socket as TLSSocket;
        const who = socket.authorized ? String(socket.getPeerCertificate().subject.CN) : 'nobody';
        if (request.url === '/away') reply.setHeader('location', `https://elsewhere.example:${port}/`).writeHead(307);
        reply.end(`${who} ${request.headers.host}`);
      },
    ).on('secureConnection', () => connections++);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    plain = await startBadReceiver(ok());
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await plain.close();
  });
  beforeEach(() => {
    connections = 0;
    client = clientWith(['127.0.0.1']);
  });
  afterEach(async () => {
    await client.close();
    for (const each of proxies.splice(0)) await each.close();
  });

  const clientWith = (allow: string[]) =>
    new HttpClient(
      new EgressGuard(allow, async (host) => {
        if (host.startsWith('unknown')) throw Object.assign(new Error(), { code: 'ENOTFOUND' });
        return [{ address: '127.0.0.1', family: 4 }];
      }),
    );
  const send = (request: Partial<HttpRequest> = {}): Promise<HttpResult> =>
    client.send({
      method: 'GET',
      url: `https://hooks.example:${port}/`,
      headers: [],
      body: null,
      timeoutMs: 5_000,
      maxResponseBytes: 10_000,
      ...request,
    });
  const sendBy = (tls: TlsSettings, proxy: ProxySettings | null = null, rest: Partial<HttpRequest> = {}) =>
    send({ transport: new Transport(tls, proxy), ...rest });
  const proxied = async (options: ProxyOptions = {}): Promise<Proxy> => {
    const proxy = await startProxy(options);
    proxies.push(proxy);
    return proxy;
  };
  const textOf = (result: HttpResult): string => response(result).body.toString();

  it('trusts the authority that it is given, and that alone', async () => {
    expect(failure(await send())).toMatchObject({ code: 'tls', message: expect.stringContaining('tls.ca') });
    expect(textOf(await sendBy({ ca: theirs.cert }))).toBe(`nobody hooks.example:${port}`);
    expect(failure(await sendBy({ ca: ours.cert })).code).toBe('tls');
  });

  it('asks for another name, and checks the certificate for that', async () => {
    const url = `https://127.0.0.1:${port}/`;
    expect(failure(await sendBy({ ca: theirs.cert }, null, { url })).message).toContain('for another name');
    expect(textOf(await sendBy({ ca: theirs.cert, servername: 'hooks.example' }, null, { url }))).toContain('nobody');
    expect(failure(await sendBy({ ca: theirs.cert, servername: 'no.example' })).code).toBe('tls');
  });

  it('takes any certificate only where it says so', async () => {
    const url = `https://wrong.example:${port}/`;
    expect(textOf(await sendBy({ skipVerify: true }, null, { url }))).toContain('nobody wrong.example');
  });

  it('shows its certificate', async () => {
    expect(textOf(await sendBy({ ca: theirs.cert, ...ours }))).toBe(`our.client hooks.example:${port}`);
    expect(textOf(await sendBy({ ca: theirs.cert, ...other }))).toBe(`nobody hooks.example:${port}`);
  });

  it.each(['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'])(
    'says so when the receiver refuses its certificate (%s), also after the handshake (RFC 8446, 4.4.2)',
    (code) => {
      const failed = exchangeFailure(Object.assign(new Error(), { code }), 'https://hooks.example', 'none');
      expect(failed).toMatchObject({ code: 'tls', message: expect.stringContaining('tls.cert') });
    },
  );

  it('shares its connections with calls of an equal one, and with no others', async () => {
    const [one, same, another] = [{ ca: theirs.cert }, { ca: theirs.cert }, { ca: theirs.cert, ...ours }];
    for (const tls of [one, same, one]) expect(textOf(await sendBy(tls))).toContain('nobody');
    expect(connections).toBe(1);
    expect(textOf(await sendBy(another))).toContain('our.client');
    expect(connections).toBe(2);
    expect(failure(await send()).code).toBe('tls');
  });

  it('keeps its certificate and its trust from the origin that a redirect leads to', async () => {
    const url = `https://hooks.example:${port}/away`;
    const refused = failure(await sendBy({ ca: theirs.cert, ...ours, skipVerify: true }, null, { url, redirects: 1 }));
    expect(refused).toMatchObject({ code: 'tls', message: expect.stringContaining('elsewhere.example') });
  });

  it.each([
    ['http', undefined],
    ['https', 'certificate'],
  ])('goes through a proxy of %s', async (_scheme, certificate) => {
    const proxy = await proxied({
      authorization: `Basic ${Buffer.from('ann:s3cret').toString('base64')}`,
      hosts: { 'hooks.example': '127.0.0.1', 'unknown.example': '127.0.0.1' },
      ...(certificate ? { certificate: selfSigned('localhost') } : {}),
    });
    const settings = { url: proxy.url, username: 'ann', password: 's3cret' };
    if (certificate) {
      // Nobody vouches for it: the trust of the connection is for its receiver.
      expect(failure(await sendBy({ ca: theirs.cert, skipVerify: true }, settings)).code).toBe('tls');
      return;
    }
    const tls = { ca: theirs.cert, ...ours };
    for (let count = 0; count < 2; count++) expect(textOf(await sendBy(tls, settings))).toContain('our.client');
    const url = `http://unknown.example:${plain.port}/a?b=c`;
    expect(textOf(await sendBy({}, settings, { url }))).toBe('ok');
    expect(proxy.asked).toEqual([`CONNECT hooks.example:${port}`, `GET ${url}`]);
    expect(plain.requests.at(-1)!.head).toContain(`host: unknown.example:${plain.port}`);
    expect(plain.requests.at(-1)!.head.toLowerCase()).not.toContain('proxy-authorization');
  });

  it.each([
    ['sign-in', { authorization: 'Basic other' }, 'auth', /asks for a sign-in \(407\)/],
    ['target', { answer: 'HTTP/1.1 403 Forbidden\r\n\r\n' }, 'connect_refused', /it answered 403/],
    ['protocol', { answer: 'SSH-2.0-OpenSSH_9.2\r\n\r\n' }, 'connect_refused', /not valid HTTP/],
    ['order', { answer: `HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\nforged` }, 'connect_refused', /not valid HTTP/],
    ['bounds', { answer: `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}` }, 'connect_refused', /not valid HTTP/],
  ])('says what a proxy refuses: %s', async (_what, options, code, message) => {
    const { url } = await proxied(options);
    const refused = failure(await sendBy({ ca: theirs.cert }, { url, password: 's3cret' }));
    expect(refused).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(refused.message).not.toContain('s3cret');
  });

  it('has no way around the guard in a proxy: its address is judged, and so is the target', async () => {
    const proxy = await proxied();
    client = clientWith([`127.0.0.1:${proxy.port}`]);
    for (const url of [
      'https://127.0.0.1:1/',
      'http://[::1]:1/',
      'http://169.254.169.254/',
      'https://private.example/',
    ]) {
      expect(failure(await sendBy({}, { url: proxy.url }, { url })).code).toBe('blocked_address');
    }
    client = clientWith(['127.0.0.1:1']);
    expect(failure(await sendBy({}, { url: proxy.url }, { url: 'http://unknown.example/' }))).toMatchObject({
      code: 'blocked_address',
      message: expect.stringContaining(`127.0.0.1:${proxy.port}`),
    });
    expect(proxy.asked).toEqual([]);
  });

  it('gives nothing of itself away', () => {
    const transport = new Transport({ ...ours }, { url: 'http://proxy.example', password: 's3cret' });
    expect(JSON.stringify(transport) + Object.values(transport).join()).not.toMatch(/s3cret|PRIVATE/);
  });
});
