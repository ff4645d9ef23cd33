import { jest } from '@jest/globals';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import * as bad from '../../../test/support/bad-receiver.js';
import { HttpCalls, failure, response } from '../../../test/support/http-calls.js';
import { ConnectionPool, POOL_LIMITS } from './connection-pool.js';
import { EgressGuard } from './egress-guard.js';
import { HttpClient, type HttpRequest, type HttpResult } from './http.client.js';
import { selfSigned } from '../../../test/support/self-signed.js';
import { until } from '../../../test/support/until.js';

const http = new HttpCalls();
const { receive, send } = http;
afterEach(http.end);
afterEach(() => jest.restoreAllMocks());

describe('connections', () => {
  it('are kept and used again, with no time spent connecting', async () => {
    await receive(bad.ok());
    const first = response(await send());
    const second = response(await send());
    expect(http.receiver.connections()).toBe(1);
    expect(first.timings.connectMs).toBeGreaterThan(0);
    expect(second.timings).toMatchObject({ dnsMs: 0, connectMs: 0 });
    expect(second.timings.firstByteMs).toBeGreaterThan(0);
    expect(second.timings.totalMs).toBeGreaterThanOrEqual(second.timings.firstByteMs);
    expect(second.remoteAddress).toBe('127.0.0.1');
  });

  it('are not kept when the server says so', async () => {
    await receive(bad.answerAndEnd('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n', 'ok'));
    response(await send());
    response(await send());
    expect(http.receiver.connections()).toBe(2);
    expect(http.receiver.requests).toHaveLength(2);
  });

  it('carry one request at a time', async () => {
    await receive(bad.ok());
    await Promise.all(Array.from({ length: 5 }, () => send()));
    expect(http.receiver.requests.map(({ connection }) => connection).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('send the request again on a fresh one, once, when a kept one is closed under it', async () => {
    await receive((request, socket) => (request.number === 2 ? bad.answerAndReset('') : bad.ok())(request, socket));
    response(await send());
    const headers: [string, string][] = [['Idempotency-Key', 'a']];
    const result = response(await send({ method: 'POST', headers, body: Buffer.from('x') }));
    expect(result.resent).toBe(true);
    expect(result.timings.connectMs).toBeGreaterThan(0);
    expect(http.receiver.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
    expect(http.receiver.requests[2].head).toBe(http.receiver.requests[1].head);
  });

  it('do not send a POST again that no key makes harmless', async () => {
    await receive((request, socket) => (request.number === 2 ? bad.answerAndReset('') : bad.ok())(request, socket));
    response(await send());
    expect(failure(await send({ method: 'POST', body: Buffer.from('x') }))).toMatchObject({ code: 'reset' });
    expect(http.receiver.requests).toHaveLength(2);
  });

  it('do not send it again that a server has had for a while before it closed', async () => {
    const now = performance.now.bind(performance);
    await receive((request, socket) => {
      if (request.number !== 2) return void bad.ok()(request, socket);
      jest.spyOn(performance, 'now').mockImplementation(() => now() + 1_100);
      socket.destroy();
    });
    response(await send());
    expect(failure(await send())).toMatchObject({ code: 'reset' });
    expect(http.receiver.requests).toHaveLength(2);
  });

  it('do not send it a third time, nor again once an answer has begun', async () => {
    await receive((request, socket) => (request.number > 1 ? bad.answerAndReset('') : bad.ok())(request, socket));
    response(await send());
    expect(failure(await send())).toMatchObject({ code: 'reset' });
    expect(http.receiver.requests).toHaveLength(3);
    await receive((request, socket) =>
      request.number === 2 ? bad.answerAndReset('HTTP/1.1 2')(request, socket) : bad.ok()(request, socket),
    );
    response(await send());
    expect(failure(await send())).toMatchObject({ code: 'reset' });
    expect(http.receiver.requests).toHaveLength(2);
  });

  it('that were closed while they lay idle are not used', async () => {
    let kept: Socket | undefined;
    await receive((request, socket) => {
      kept ??= socket;
      void bad.ok()(request, socket);
    });
    response(await send());
    kept!.end();
    await http.receiver.idle();
    expect(response(await send()).resent).toBeUndefined();
    expect(http.receiver.requests).toHaveLength(2);
  });

  it('that are refused, and names that do not exist, have their own codes', async () => {
    await receive(bad.ok());
    await http.receiver.close();
    expect(failure(await send()).code).toBe('connect_refused');
    const nowhere = new HttpClient(
      new EgressGuard([], async () => {
        throw Object.assign(new Error(), { code: 'ENOTFOUND' });
      }),
    );
    const request: HttpRequest = {
      method: 'GET',
      url: 'http://a.example/?key=s3cret',
      headers: [],
      body: null,
      timeoutMs: 500,
      maxResponseBytes: 1,
    };
    const { code, message } = failure(await nowhere.send(request));
    expect(code).toBe('dns');
    expect(message).toContain('a.example');
    expect(message).not.toContain('s3cret');
  });
});

describe('TLS', () => {
  it('says that a server does not speak it, or closes', async () => {
    await receive(bad.hang, {
      onConnection: (socket) => void socket.once('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')),
    });
    expect(failure(await send({ url: http.receiver.url.replace('http:', 'https:') }))).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('does not speak TLS'),
    });
    await receive(bad.hang, { onConnection: (socket) => socket.destroy() });
    expect(failure(await send({ url: http.receiver.url.replace('http:', 'https:') })).code).toBe('tls');
  });

  it('trusts only certificates of a known authority, for the name that was called', async () => {
    const known = getCACertificates('default');
    const guard = new EgressGuard(['127.0.0.1'], async () => [{ address: '127.0.0.1', family: 4 }]);
    const tlsClient = new HttpClient(guard);
    const certificate = selfSigned('hooks.example');
    let serverName: string | false | null = null;
    const server = createServer(certificate, (socket) => {
      serverName = socket.servername;
      socket.on('error', () => {});
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
    });
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const get = (host: string): Promise<HttpResult> =>
      tlsClient.send({
        method: 'GET',
        url: `https://${host}:${port}/`,
        headers: [],
        body: null,
        timeoutMs: 5_000,
        maxResponseBytes: 100,
      });
    try {
      expect(failure(await get('hooks.example'))).toMatchObject({
        code: 'tls',
        message: expect.stringContaining('self-signed'),
      });
      setDefaultCACertificates([...known, certificate.cert]);
      expect(response(await get('hooks.example.')).body.toString()).toBe('ok');
      expect(serverName).toBe('hooks.example');
      for (const host of ['other.example', '127.0.0.1']) {
        expect(failure(await get(host))).toMatchObject({
          code: 'tls',
          message: expect.stringContaining('another name'),
        });
      }
    } finally {
      setDefaultCACertificates(known);
      await tlsClient.close();
      server.close();
    }
  });
});

describe('the pool', () => {
  const pooled = (limits: Partial<typeof POOL_LIMITS>): void => {
    const guard = new EgressGuard(['127.0.0.1']);
    http.client = new HttpClient(guard, new ConnectionPool(guard, { ...POOL_LIMITS, ...limits }));
  };

  it('opens no more connections to an origin than it may; further calls wait their turn', async () => {
    pooled({ perOrigin: 2 });
    const unanswered: (() => void)[] = [];
    let most = 0;
    await receive((request, socket) => {
      const closes = request.number % 3 === 0 ? 'connection: close\r\n' : '';
      most = Math.max(
        most,
        unanswered.push(() => void bad.ok(`${request.number}`, closes)(request, socket)),
      );
    });
    const calls = Array.from({ length: 12 }, () => send());
    for (let pair = 0; pair < 6; pair++) {
      await until('two are busy', () => unanswered.length >= 2);
      for (const answer of unanswered.splice(0)) answer();
    }
    const results = await Promise.all(calls);
    expect(results.map((result) => response(result).status)).toEqual(Array(12).fill(200));
    expect(most).toBe(2);
  });

  it('lets a call that waits run out of time, and goes on', async () => {
    pooled({ perOrigin: 1 });
    await receive((request, socket) => (request.number === 1 ? bad.hang : bad.ok())(request, socket));
    const first = send({ timeoutMs: 150 });
    const waiting = failure(await send({ timeoutMs: 50 }));
    expect(waiting).toMatchObject({ code: 'total_timeout', message: expect.stringContaining('became free') });
    const next = send();
    expect(failure(await first).code).toBe('total_timeout');
    expect(response(await next).status).toBe(200);
    expect(http.receiver.requests).toHaveLength(2);
  });

  it('passes on the place of a connection that could not be opened', async () => {
    pooled({ perOrigin: 1 });
    await receive(bad.ok());
    await http.receiver.close();
    const results = await Promise.all([send(), send(), send()]);
    expect(results.map((result) => failure(result).code)).toEqual(Array(3).fill('connect_refused'));
  });

  it('keeps so many idle connections and no more, and none for long', async () => {
    pooled({ idle: 2, idleMs: 50 });
    await receive(bad.ok());
    await Promise.all(Array.from({ length: 5 }, () => send()));
    await http.receiver.idle();
    expect(http.receiver.connections()).toBe(5);
  });

  it('sends again on a fresh connection also when all places are taken by kept ones', async () => {
    pooled({ perOrigin: 2 });
    let armed = false;
    await receive((request, socket) =>
      (armed && request.connection < 3 ? bad.answerAndReset('') : bad.ok())(request, socket),
    );
    await Promise.all([send(), send()]);
    armed = true;
    expect(response(await send()).resent).toBe(true);
  });

  it('takes another address of a name when one refuses', async () => {
    await receive(bad.ok());
    const guard = new EgressGuard(['two.example'], async () => [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ]);
    http.client = new HttpClient(guard);
    expect(response(await send({ url: `http://two.example:${http.receiver.port}/` })).remoteAddress).toBe('127.0.0.1');
  });
});
