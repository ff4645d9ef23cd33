import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '../../../test/support/self-signed.js';
import * as bad from '../../../test/support/bad-receiver.js';
import { EgressGuard } from './egress-guard.js';
import { HttpClient, type HttpRequest, type HttpResult } from './http.client.js';

let client: HttpClient;
let receiver: bad.BadReceiver;
const receivers: bad.BadReceiver[] = [];

beforeEach(() => {
  client = new HttpClient(new EgressGuard(['127.0.0.1']));
});
afterEach(async () => {
  await client.close();
  await Promise.all(receivers.splice(0).map((each) => each.close()));
});

async function receive(script: bad.Script, options?: bad.ReceiverOptions): Promise<bad.BadReceiver> {
  receiver = await bad.startBadReceiver(script, options);
  receivers.push(receiver);
  return receiver;
}

const send = (request: Partial<HttpRequest> = {}): Promise<HttpResult> =>
  client.send({
    method: 'GET',
    url: `${receiver.url}/a?b=c`,
    headers: [],
    body: null,
    timeoutMs: 5_000,
    maxResponseBytes: 1024 * 1024,
    ...request,
  });

function failure(result: HttpResult): { code: string; message: string; status: number | null } {
  if (result.kind !== 'error') throw new Error(`expected an error, got status ${result.status}`);
  return { ...result.error, status: result.status };
}

function response(result: HttpResult): Extract<HttpResult, { kind: 'response' }> {
  if (result.kind !== 'response')
    throw new Error(`expected a response, got ${result.error.code}: ${result.error.message}`);
  return result;
}

describe('what is sent', () => {
  it('keeps the order, the case and the repeats of headers, and the case of the method', async () => {
    await receive(bad.ok());
    const headers: [string, string][] = [
      ['X-B', '1'],
      ['x-a', 'ü'],
      ['X-B', '2'],
      ['Content-Type', 'text/plain'],
    ];
    response(await send({ method: 'Purge', headers, body: Buffer.from('hé') }));
    expect(receiver.requests[0].head.split('\r\n')).toEqual([
      'Purge /a?b=c HTTP/1.1',
      `host: 127.0.0.1:${receiver.port}`,
      expect.stringMatching(/^connection: /),
      'X-B: 1',
      'x-a: ü',
      'X-B: 2',
      'Content-Type: text/plain',
      'Accept-Encoding: gzip, deflate, br',
      'content-length: 3',
    ]);
    expect(receiver.requests[0].body.toString()).toBe('hé');
  });

  it.each([
    ['GET', null, null],
    ['DELETE', null, null],
    ['HEAD', null, null],
    ['POST', null, '0'],
    ['PUT', null, '0'],
    ['PATCH', null, '0'],
    ['POST', Buffer.alloc(0), '0'],
    ['DELETE', Buffer.from('{}'), '2'],
    ['GET', Buffer.from('{}'), '2'],
  ])('says the length of a %s with body %j exactly', async (method, body, length) => {
    await receive(bad.answer('HTTP/1.1 204 No Content\r\n\r\n'));
    expect(response(await send({ method, body })).status).toBe(204);
    expect(/content-length: (\d+)/i.exec(receiver.requests[0].head)?.[1] ?? null).toBe(length);
    expect(receiver.requests[0].head).not.toMatch(/transfer-encoding/i);
  });

  it('leaves Accept-Encoding alone when the request sets it', async () => {
    await receive(bad.ok());
    await send({ headers: [['accept-encoding', 'identity']] });
    expect(receiver.requests[0].head.match(/accept-encoding/gi)).toHaveLength(1);
  });

  it('does not send the fragment of the URL', async () => {
    await receive(bad.ok());
    await send({ url: `${receiver.url}/p?q=1#secret` });
    expect(receiver.requests[0].head).toMatch(/^GET \/p\?q=1 HTTP/);
  });

  it.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
    'Connection',
    'Keep-Alive',
    'Upgrade',
    'Expect',
    'TE',
    'Trailer',
    'Proxy-Authorization',
  ])('refuses to set the header %s, and names it', async (name) => {
    await receive(bad.ok());
    expect(failure(await send({ headers: [[name, 's3cret']] }))).toMatchObject({
      code: 'mapping',
      message: expect.stringContaining(name),
    });
    expect(receiver.connections()).toBe(0);
  });

  it.each([
    ['CR LF', 'X-A', 's3cret\r\nX-Injected: 1'],
    ['LF', 'X-A', 's3cret\nX'],
    ['CR', 'X-A', 's3cret\rX'],
    ['NUL', 'X-A', 's3cret\0'],
    ['a character outside Latin-1', 'X-A', 's3cret €'],
    ['a line break in the name', 'X-A\r\nX-B', 's3cret'],
    ['a space in the name', 'X A', 's3cret'],
    ['an empty name', '', 's3cret'],
  ])('refuses a header with %s, and does not show its value', async (_what, name, value) => {
    await receive(bad.ok());
    const { code, message } = failure(await send({ headers: [[name, value]] }));
    expect(code).toBe('mapping');
    expect(message).not.toContain('s3cret');
    expect(receiver.connections()).toBe(0);
  });

  it.each(['', 'GE T', 'GET\r\nX: 1', 'CONNECT', 'trace', 'GÉT'])('refuses the method %j', async (method) => {
    await receive(bad.ok());
    expect(failure(await send({ method })).code).toBe('mapping');
    expect(receiver.connections()).toBe(0);
  });
});

describe('what is read', () => {
  it('gives the headers as they came, the body and its size', async () => {
    await receive(bad.ok('hello', 'Set-Cookie: a=1\r\nX-Name: \xfc\r\nset-cookie: b=2\r\n'));
    const result = response(await send());
    expect(result).toMatchObject({ status: 200, bytes: 5, remoteAddress: '127.0.0.1' });
    expect(result.body.toString()).toBe('hello');
    expect(result.headers).toEqual([
      ['content-length', '5'],
      ['Set-Cookie', 'a=1'],
      ['X-Name', 'ü'],
      ['set-cookie', 'b=2'],
    ]);
  });

  it('returns a redirect and does not follow it', async () => {
    await receive(bad.answer('HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n'));
    expect(response(await send())).toMatchObject({ status: 302, bytes: 0 });
    expect(receiver.requests).toHaveLength(1);
  });

  it('skips interim answers', async () => {
    await receive(
      bad.answer('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\nok'),
    );
    expect(response(await send())).toMatchObject({ status: 201, headers: [['content-length', '2']] });
  });

  it('joins chunks, and takes an HTTP/1.0 answer that ends with the connection', async () => {
    await receive(
      bad.answer('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n3;x=y\r\ncde\r\n0\r\n\r\n'),
    );
    expect(response(await send()).body.toString()).toBe('abcde');
    await receive(bad.answerAndEnd('HTTP/1.0 200 OK\r\n\r\n', 'until the end'));
    expect(response(await send()).body.toString()).toBe('until the end');
    await receiver.idle();
  });

  const text = 'Grüße '.repeat(5_000);
  it.each([
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['identity', Buffer.from(text)],
  ])('decompresses %s and keeps the header list', async (coding, body) => {
    await receive(bad.ok(body, `Content-Encoding: ${coding}\r\n`));
    const result = response(await send());
    expect(result.body.toString()).toBe(text);
    expect(result.bytes).toBe(Buffer.byteLength(text));
    expect(result.headers).toContainEqual(['Content-Encoding', coding]);
  });

  it('leaves a body alone whose coding it does not know', async () => {
    await receive(bad.ok('raw', 'content-encoding: constructor\r\n'));
    expect(response(await send()).body.toString()).toBe('raw');
  });

  it('takes an empty body that claims to be compressed, and the answer to HEAD', async () => {
    await receive(bad.ok('', 'content-encoding: gzip\r\n'));
    expect(response(await send()).bytes).toBe(0);
    await receive(bad.answer('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 999999999\r\n\r\n'));
    expect(response(await send({ method: 'HEAD' })).bytes).toBe(0);
  });
});

describe('the total time ends the call', () => {
  const within = { timeoutMs: 150 };
  it.each<[string, bad.Script, number | null]>([
    ['no answer at all', bad.hang, null],
    ['headers that drip', bad.drip('HTTP/1.1 200 OK\r\nx: ', 'a', 20), null],
    ['headers without end', bad.drip('HTTP/1.1 200 OK\r\n', 'x-y: z\r\n', 5), null],
    ['interim answers without end', bad.drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n', 20), null],
    ['a body that drips', bad.drip('HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n', 'a', 50), 200],
    ['a chunk extension that drips', bad.drip('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;', 'a', 20), 200],
    ['trailers that drip', bad.drip('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n', 'a: b\r\n', 20), 200],
    ['a body that stops', bad.answer('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n', 'a'), 200],
    [
      'gzip that drips',
      bad.drip('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03', '\0\0\0\xff\xff', 20),
      200,
    ],
  ])('with %s', async (_what, script, status) => {
    await receive(script);
    const result = await send(within);
    expect(failure(result)).toMatchObject({ code: 'total_timeout', status });
    expect(result.timings.totalMs).toBeGreaterThanOrEqual(149);
    await receiver.idle();
  });

  it('with a first byte that is late, if that has its own limit', async () => {
    await receive(bad.hang);
    expect(failure(await send({ firstByteTimeoutMs: 100 })).code).toBe('first_byte_timeout');
    await receive(bad.drip('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n', 'a', 20));
    expect(failure(await send({ firstByteTimeoutMs: 100, timeoutMs: 250 })).code).toBe('total_timeout');
  });

  it('while the connection is not secured yet', async () => {
    await receive(bad.hang);
    const url = receiver.url.replace('http:', 'https:');
    expect(failure(await send({ url, connectTimeoutMs: 100 })).code).toBe('connect_timeout');
    expect(failure(await send({ url, timeoutMs: 100 })).code).toBe('connect_timeout');
    await receiver.idle();
  });

  it('while the name is looked up', async () => {
    const slow = new HttpClient(new EgressGuard([], () => new Promise(() => {})));
    const request = { method: 'GET', headers: [], body: null, timeoutMs: 100, maxResponseBytes: 1 } as const;
    const result = await slow.send({ ...request, headers: [], url: 'http://slow.example/' });
    expect(failure(result)).toMatchObject({ code: 'dns', message: expect.stringContaining('slow.example') });
  });
});

describe('a caller who cancels', () => {
  it('ends the call at once, whatever it is busy with', async () => {
    await receive(bad.hang);
    const busy = new AbortController();
    const result = send({ signal: busy.signal });
    setTimeout(() => busy.abort(), 50);
    expect(failure(await result).code).toBe('canceled');
    await receiver.idle();
    expect(failure(await send({ signal: AbortSignal.abort() })).code).toBe('canceled');
    expect(receiver.requests).toHaveLength(1);
  });

  it('leaves no call behind when the client is closed', async () => {
    await receive(bad.hang);
    const result = send();
    while (receiver.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await client.close();
    expect(failure(await result).code).toBe('canceled');
    expect(failure(await send()).code).toBe('canceled');
    await receiver.idle();
  });
});

describe('the size of an answer is limited', () => {
  const small = { maxResponseBytes: 100_000 };

  it('by its announced length, before a byte of it is read', async () => {
    await receive(bad.answer('HTTP/1.1 200 OK\r\ncontent-length: 100001\r\n\r\n'));
    expect(failure(await send(small))).toMatchObject({ code: 'limit', status: 200 });
    await receiver.idle();
  });

  it('by what comes, when the body has no end', async () => {
    const { script, sent } = bad.endless('HTTP/1.1 200 OK\r\n\r\n', Buffer.alloc(65_536));
    await receive(script);
    expect(failure(await send(small)).code).toBe('limit');
    await receiver.idle();
    expect(sent()).toBeLessThan(50_000_000);
  });

  it('exactly: the last byte allowed passes, one more does not', async () => {
    for (const headers of ['', 'content-encoding: gzip\r\n']) {
      const pack = (text: string): Buffer => (headers === '' ? Buffer.from(text) : gzipSync(text));
      await receive(bad.ok(pack('x'.repeat(100_000)), headers));
      expect(response(await send(small)).bytes).toBe(100_000);
      await receive(bad.ok(pack('x'.repeat(100_001)), headers));
      expect(failure(await send(small)).code).toBe('limit');
    }
  });

  it('after decompression: a bomb stops at the limit, and memory stays flat', async () => {
    const bombs = Array.from({ length: 10 }, () => bad.gzipBomb());
    let next = 0;
    await receive((request, socket) => bombs[next++].script(request, socket));
    const before = process.memoryUsage.rss();
    const results = await Promise.all(bombs.map(() => send({ maxResponseBytes: 1024 * 1024, timeoutMs: 20_000 })));
    expect(results.map((result) => failure(result).code)).toEqual(bombs.map(() => 'limit'));
    await receiver.idle();
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
    for (const bomb of bombs) expect(bomb.sent()).toBeLessThan(10 * 1024 * 1024);
  });

  it('in its headers', async () => {
    const many = 'x-y: zzzzzzzzzzzzzzzzzzzz\r\n'.repeat(5_000);
    await receive(bad.answer(`HTTP/1.1 200 OK\r\n${many}content-length: 0\r\n\r\n`));
    expect(failure(await send()).code).toBe('limit');
    await receive(bad.answer(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(70_000)}\r\ncontent-length: 0\r\n\r\n`));
    expect(failure(await send()).code).toBe('limit');
    await receive(bad.answer(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(60_000)}\r\ncontent-length: 0\r\n\r\n`));
    expect(response(await send()).status).toBe(200);
  });
});

describe('an answer that is not HTTP', () => {
  const OK = 'HTTP/1.1 200 OK\r\n';
  it.each<[string, bad.Script, string]>([
    ['garbage', bad.answer('SSH-2.0-OpenSSH_9.2\r\n'), 'parse'],
    ['two lengths', bad.answer(`${OK}content-length: 2\r\ncontent-length: 3\r\n\r\nabc`), 'parse'],
    [
      'a length and chunks',
      bad.answer(`${OK}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
      'parse',
    ],
    ['a length below zero', bad.answer(`${OK}content-length: -1\r\n\r\n`), 'parse'],
    ['a chunk size that is none', bad.answer(`${OK}transfer-encoding: chunked\r\n\r\nxyz\r\nab\r\n`), 'parse'],
    ['a header without a colon', bad.answer(`${OK}nonsense\r\n\r\n`), 'parse'],
    ['NUL in a header', bad.answer(`${OK}x: a\0b\r\ncontent-length: 0\r\n\r\n`), 'parse'],
    [
      '101 nobody asked for',
      bad.answer('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'),
      'parse',
    ],
    ['100 nobody asked for', bad.answer('HTTP/1.1 100 Continue\r\n\r\n'), 'parse'],
    ['a close before the answer', bad.answerAndEnd(), 'reset'],
    ['a reset before the answer', bad.answerAndReset(''), 'reset'],
    ['a reset in the headers', bad.answerAndReset(`${OK}x: `), 'reset'],
    ['a reset in the body', bad.answerAndReset(`${OK}content-length: 10\r\n\r\nabc`), 'reset'],
    ['a close in the headers', bad.answerAndEnd(OK), 'reset'],
    ['a close in the body', bad.answerAndEnd(`${OK}content-length: 10\r\n\r\nabc`), 'reset'],
    [
      'a close in the body of a closing answer',
      bad.answerAndEnd(`${OK}connection: close\r\ncontent-length: 10\r\n\r\nabc`),
      'reset',
    ],
    ['a close in the chunks', bad.answerAndEnd(`${OK}transfer-encoding: chunked\r\n\r\n5\r\nabc`), 'reset'],
    [
      'a close before the last chunk',
      bad.answerAndEnd(`${OK}connection: close\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n`),
      'reset',
    ],
    ['gzip cut short', bad.truncatedGzip(), 'parse'],
    ['gzip that is none', bad.ok('not gzip at all', 'content-encoding: gzip\r\n'), 'parse'],
    ['brotli that is none', bad.ok('not brotli at all', 'content-encoding: br\r\n'), 'parse'],
    [
      'a body compressed three times',
      bad.ok('x', 'content-encoding: gzip, gzip\r\ncontent-encoding: gzip\r\n'),
      'parse',
    ],
  ])('%s', async (_what, script, code) => {
    await receive(script);
    expect(failure(await send()).code).toBe(code);
    expect(receiver.requests).toHaveLength(1);
    await client.close();
    await receiver.idle();
  });

  it('after a good answer is not taken for the next one', async () => {
    let count = 0;
    await receive((request, socket) =>
      ++count === 1
        ? (bad.ok('first', '')(request, socket) ??
          void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged'))
        : bad.ok('second')(request, socket),
    );
    expect(response(await send()).body.toString()).toBe('first');
    expect(response(await send()).body.toString()).toBe('second');
  });
});

describe('connections', () => {
  it('are kept and used again, with no time spent connecting', async () => {
    await receive(bad.ok());
    const first = response(await send());
    const second = response(await send());
    expect(receiver.connections()).toBe(1);
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
    expect(receiver.connections()).toBe(2);
    expect(receiver.requests).toHaveLength(2);
  });

  it('carry one request at a time', async () => {
    const together: number[] = [];
    let busy = 0;
    await receive((request, socket) => {
      together.push(++busy);
      setTimeout(() => {
        busy--;
        void bad.ok()(request, socket);
      }, 20);
    });
    await Promise.all(Array.from({ length: 5 }, () => send()));
    expect(receiver.connections()).toBe(5);
    expect(Math.max(...together)).toBe(5);
  });

  it('send the request again on a fresh one, once, when a kept one is closed under it', async () => {
    await receive((request, socket) => (request.number === 2 ? bad.answerAndReset('') : bad.ok())(request, socket));
    response(await send());
    const result = response(await send({ method: 'POST', body: Buffer.from('x') }));
    expect(result.resent).toBe(true);
    expect(result.timings.connectMs).toBeGreaterThan(0);
    expect(receiver.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
    expect(receiver.requests[2].head).toBe(receiver.requests[1].head);
  });

  it('do not send it a third time, nor again once an answer has begun', async () => {
    await receive((request, socket) => (request.number > 1 ? bad.answerAndReset('') : bad.ok())(request, socket));
    response(await send());
    expect(failure(await send())).toMatchObject({ code: 'reset' });
    expect(receiver.requests).toHaveLength(3);
    await receive((request, socket) =>
      request.number === 2 ? bad.answerAndReset('HTTP/1.1 2')(request, socket) : bad.ok()(request, socket),
    );
    response(await send());
    expect(failure(await send())).toMatchObject({ code: 'reset' });
    expect(receiver.requests).toHaveLength(2);
  });

  it('that were closed while they lay idle are not used', async () => {
    await receive((request, socket) => {
      void bad.ok()(request, socket);
      setTimeout(() => socket.end(), 10);
    });
    response(await send());
    await receiver.idle();
    expect(response(await send()).resent).toBeUndefined();
    expect(receiver.requests).toHaveLength(2);
  });

  it('that are refused, and names that do not exist, have their own codes', async () => {
    await receive(bad.ok());
    await receiver.close();
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
    expect(failure(await send({ url: receiver.url.replace('http:', 'https:') }))).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('does not speak TLS'),
    });
    await receive(bad.hang, { onConnection: (socket) => socket.destroy() });
    expect(failure(await send({ url: receiver.url.replace('http:', 'https:') })).code).toBe('tls');
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
