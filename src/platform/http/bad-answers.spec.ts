import { jest } from '@jest/globals';
import { Duplex } from 'node:stream';
import { Gunzip, gzipSync } from 'node:zlib';
import * as bad from '../../../test/support/bad-receiver.js';
import { HttpCalls, failure, response } from '../../../test/support/http-calls.js';

const http = new HttpCalls();
const { receive, send } = http;
afterEach(http.end);

describe('the size of an answer is limited', () => {
  const small = { maxResponseBytes: 100_000 };

  it('by its announced length, before a byte of it is read', async () => {
    await receive(bad.answer('HTTP/1.1 200 OK\r\ncontent-length: 100001\r\n\r\n'));
    expect(failure(await send(small))).toMatchObject({ code: 'limit', status: 200 });
    await http.receiver.idle();
  });

  it('by what comes, when the body has no end', async () => {
    const { script, sent } = bad.endless('HTTP/1.1 200 OK\r\n\r\n', Buffer.alloc(65_536));
    await receive(script);
    expect(failure(await send(small)).code).toBe('limit');
    await http.receiver.idle();
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
    await http.receiver.idle();
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
    for (const bomb of bombs) expect(bomb.sent()).toBeLessThan(10 * 1024 * 1024);
  });

  it('and a call that ends while reading waits for the decoder ends nothing else', async () => {
    await receive(bad.gzipBomb().script);
    const calls = [50, 60, 70, 80, 90, 100].map((ms) =>
      send({ signal: AbortSignal.timeout(ms), maxResponseBytes: 500_000_000 }),
    );
    for (const result of await Promise.all(calls)) expect(failure(result).code).toBe('canceled');
    await http.receiver.idle();
  });

  it('and a reset while reading waits for the decoder ends this call alone', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    await receive((_request, socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n');
      socket.write(bomb);
      onceFull(() => socket.resetAndDestroy());
    });
    const result = await send({ maxResponseBytes: 500_000_000 });
    expect(failure(result).code).toBe('reset');
    await http.receiver.idle();
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

describe('an answer that has no body', () => {
  it.each(['204 No Content', '304 Not Modified'])('%s is whole, whatever its headers say', async (status) => {
    await receive(bad.answer(`HTTP/1.1 ${status}\r\ncontent-length: 6\r\n\r\nforged`));
    expect(response(await send()).body).toHaveLength(0);
    expect(response(await send()).body).toHaveLength(0);
    expect(http.receiver.connections()).toBe(2);
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
    ['a close after 100 Continue', bad.answerAndEnd('HTTP/1.1 100 Continue\r\n\r\n'), 'reset'],
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
    expect(http.receiver.requests).toHaveLength(1);
    await http.client.close();
    await http.receiver.idle();
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

/** Calls back when a decoder has no more room, and reading waits for it. */
function onceFull(then: () => void): void {
  const write = Duplex.prototype.write as (...args: unknown[]) => boolean;
  const spy = jest.spyOn(Duplex.prototype, 'write').mockImplementation(function (this: Duplex, ...args: unknown[]) {
    const hasRoom = write.apply(this, args);
    if (!hasRoom && this instanceof Gunzip) {
      spy.mockRestore();
      then();
    }
    return hasRoom;
  });
}
