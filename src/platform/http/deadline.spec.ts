import * as bad from '../../../test/support/bad-receiver.js';
import { HttpCalls, failure } from '../../../test/support/http-calls.js';
import { until } from '../../../test/support/until.js';
import { EgressGuard } from './egress-guard.js';
import { HttpClient } from './http.client.js';

const http = new HttpCalls();
const { receive, send } = http;
afterEach(http.end);

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
    await http.receiver.idle();
  });

  it('with a first byte that is late, if that has its own limit', async () => {
    await receive(bad.hang);
    expect(failure(await send({ firstByteTimeoutMs: 100 })).code).toBe('first_byte_timeout');
    await receive(bad.drip('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n', 'a', 20));
    expect(failure(await send({ firstByteTimeoutMs: 100, timeoutMs: 250 })).code).toBe('total_timeout');
  });

  it('while the connection is not secured yet', async () => {
    await receive(bad.hang);
    const url = http.receiver.url.replace('http:', 'https:');
    expect(failure(await send({ url, connectTimeoutMs: 100 })).code).toBe('connect_timeout');
    expect(failure(await send({ url, timeoutMs: 100 })).code).toBe('connect_timeout');
    await http.receiver.idle();
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
    await until('it is under way', () => http.receiver.requests.length === 1);
    busy.abort();
    expect(failure(await result).code).toBe('canceled');
    await http.receiver.idle();
    expect(failure(await send({ signal: AbortSignal.abort() })).code).toBe('canceled');
    expect(http.receiver.requests).toHaveLength(1);
  });

  it('leaves no call behind when the client is closed', async () => {
    await receive(bad.hang);
    const result = send();
    await until('it is under way', () => http.receiver.requests.length === 1);
    await http.client.close();
    expect(failure(await result).code).toBe('canceled');
    expect(failure(await send()).code).toBe('canceled');
    await http.receiver.idle();
  });
});
