import * as bad from '../../../test/support/bad-receiver.js';
import { HttpCalls, failure, response } from '../../../test/support/http-calls.js';
import type { HttpRequest } from './http-message.js';
import { redirected } from './redirects.js';

const http = new HttpCalls();
const { receive, send } = http;
afterEach(http.end);

const to = (location: string, status = 302): bad.Script =>
  bad.answer(`HTTP/1.1 ${status} Moved\r\nlocation: ${location}\r\ncontent-length: 4\r\n\r\ngone`);
/** Answers the first request with the redirect, all others with 200. */
const once = (redirect: bad.Script): bad.Script => {
  let count = 0;
  return (request, socket) => (count++ === 0 ? redirect : bad.ok('there'))(request, socket);
};
const heads = () => http.receiver.requests.map(({ head }) => head);
const lines = () => heads().map((head) => head.split(' HTTP')[0]);

describe('a redirect', () => {
  it('is the answer where none is followed', async () => {
    await receive(to('/b'));
    expect(response(await send())).toMatchObject({ status: 302, bytes: 4 });
    expect(response(await send({ redirects: 0 })).status).toBe(302);
    expect(heads()).toHaveLength(2);
  });

  it('leads to the answer behind it, on the same connection, with the time of both', async () => {
    await receive(once(to('../b?x=1#top')));
    const result = response(await send({ redirects: 1, url: `${http.receiver.url}/a/c` }));
    expect(result).toMatchObject({ status: 200, remoteAddress: '127.0.0.1' });
    expect(result.body.toString()).toBe('there');
    expect(result.timings.totalMs).toBeGreaterThanOrEqual(result.timings.firstByteMs);
    expect(lines()).toEqual(['GET /a/c', 'GET /b?x=1']);
    expect(http.receiver.connections()).toBe(1);
  });

  it.each([
    ['POST', 301, 'GET', false],
    ['POST', 302, 'GET', false],
    ['POST', 303, 'GET', false],
    ['POST', 307, 'POST', true],
    ['POST', 308, 'POST', true],
    ['PUT', 301, 'PUT', true],
    ['PUT', 303, 'GET', false],
    ['DELETE', 302, 'DELETE', true],
    ['HEAD', 303, 'HEAD', true],
  ])('of a %s by %i becomes a %s; body kept: %s', async (method, status, then, keeps) => {
    await receive(once(to('/b', status)));
    const isHead = method === 'HEAD';
    const headers: [string, string][] = [['Content-Type', 'text/plain']];
    await send({ method, redirects: 3, headers, body: isHead ? null : Buffer.from('hello') });
    const [, second] = http.receiver.requests;
    expect(second.head).toMatch(new RegExp(`^${then} /b HTTP`));
    expect(second.body.toString()).toBe(keeps && !isHead ? 'hello' : '');
    expect(/content-type/i.test(second.head)).toBe(keeps);
  });

  it.each([300, 304])('is not what %i is', async (status) => {
    await receive(to('/b', status));
    expect(response(await send({ redirects: 5, method: 'HEAD' })).status).toBe(status);
  });

  it('without an address is an answer', async () => {
    await receive(bad.answer('HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n'));
    expect(response(await send({ redirects: 5 })).status).toBe(302);
  });

  it('to a name in UTF-8 or Latin-1 is followed as browsers do', async () => {
    await receive(once(to(Buffer.from('/é').toString('latin1'))));
    await send({ redirects: 1 });
    expect(lines()[1]).toBe('GET /%C3%A9');
  });
});

describe('a chain of redirects ends', () => {
  it('at its limit', async () => {
    await receive((request, socket) => to(`/${request.number}`)(request, socket));
    const { code, message, status } = failure(await send({ redirects: 3 }));
    expect({ code, status }).toEqual({ code: 'redirect', status: 302 });
    expect(message).toContain('after 3 redirects');
    expect(lines()).toEqual(['GET /a?b=c', 'GET /1', 'GET /2', 'GET /3']);
  });

  it('when it goes in a circle', async () => {
    await receive((request, socket) => to(request.head.startsWith('GET /x') ? '/y' : '/x')(request, socket));
    const { code, message } = failure(await send({ redirects: 10 }));
    expect(code).toBe('redirect');
    expect(message).toContain('in a circle');
    expect(lines()).toEqual(['GET /a?b=c', 'GET /x', 'GET /y']);
  });

  it('at the deadline of the whole call', async () => {
    await receive((request, socket) => (request.number < 3 ? to(`/${request.number}`) : bad.hang)(request, socket));
    const result = await send({ redirects: 10, timeoutMs: 300 });
    expect(failure(result).code).toBe('total_timeout');
    expect(result.timings.totalMs).toBeLessThan(1_000);
  });

  it('when the call is canceled', async () => {
    const stop = new AbortController();
    await receive((request, socket) => {
      if (request.number === 2) return stop.abort();
      return to('/b')(request, socket);
    });
    expect(failure(await send({ redirects: 10, signal: stop.signal })).code).toBe('canceled');
  });
});

describe('a redirect cannot be used', () => {
  it('to reach an address that is not allowed', async () => {
    await receive(bad.ok('secret'), { host: '127.0.0.2' });
    const inner = http.receiver;
    await receive(to(`http://127.0.0.2:${inner.port}/`));
    expect(failure(await send({ redirects: 5 })).code).toBe('blocked_address');
    expect(inner.connections()).toBe(0);
  });

  it.each(['http://169.254.169.254/latest', 'http://[::1]/', 'http://localhost.localdomain.invalid/'])(
    'to reach %s',
    async (location) => {
      await receive(to(location, 307));
      const { code } = failure(await send({ redirects: 5, method: 'POST', body: Buffer.from('x') }));
      expect(['blocked_address', 'dns']).toContain(code);
      expect(heads()).toHaveLength(1);
    },
  );

  it.each(['file:///etc/passwd', 'gopher://a/', 'http://me:secret@127.0.0.1/', 'http://', `/${'ü'.repeat(20_000)}`])(
    'to call what no URL of a step may be: %s',
    async (location) => {
      await receive(to(location));
      const { code, message } = failure(await send({ redirects: 5 }));
      expect(code).toBe('redirect');
      expect(message).not.toContain('secret');
      expect(heads()).toHaveLength(1);
    },
  );

  it('to choose between addresses', async () => {
    await receive(bad.answer('HTTP/1.1 302 Found\r\nlocation: /a\r\nlocation: /b\r\ncontent-length: 0\r\n\r\n'));
    expect(failure(await send({ redirects: 5 })).code).toBe('redirect');
  });

  it('to get credentials to another origin', async () => {
    await receive(bad.ok());
    const other = http.receiver;
    await receive(to(`${other.url}/take?key=s1&x=1`, 307));
    const headers: [string, string][] = [
      ['Authorization', 'Bearer s1'],
      ['cookie', 'sid=s1'],
      ['X-API-Key', 's1'],
      ['X-Mine', 's1'],
      ['X-Task', '42'],
      ['Content-Type', 'text/plain'],
    ];
    const credentials = { headers: ['x-mine'], query: ['key'] };
    response(await send({ redirects: 5, method: 'POST', headers, credentials, body: Buffer.from('hello') }));
    const [{ head, body }] = other.requests;
    expect(head).toMatch(/^POST \/take\?x=1 HTTP/);
    expect(head).not.toContain('s1');
    expect(head).toContain('X-Task: 42');
    expect(body.toString()).toBe('hello');
  });

  it('to get them back on the way home', async () => {
    let home = '';
    await receive((request, socket) => to(`${home}/home`)(request, socket));
    const other = http.receiver;
    await receive((request, socket) => (request.number === 1 ? to(`${other.url}/`) : bad.ok())(request, socket));
    home = http.receiver.url;
    response(await send({ redirects: 5, headers: [['Authorization', 'Bearer s1']] }));
    expect(heads()[0]).toContain('Bearer s1');
    expect(heads()[1]).not.toContain('s1');
  });

  it('to leave https', () => {
    const request = {
      method: 'GET',
      url: 'https://a.example/x?token=s1',
      headers: [],
      body: null,
    } as Partial<HttpRequest>;
    const hop = () => redirected(request as HttpRequest, 302, [['Location', 'http://a.example/x']]);
    expect(hop).toThrow(expect.objectContaining({ code: 'redirect', message: expect.not.stringContaining('s1') }));
  });
});

it('keeps credentials within the origin', async () => {
  await receive(once(to('/b')));
  await send({
    redirects: 1,
    headers: [['Authorization', 'Bearer s1']],
    credentials: { headers: ['authorization'], query: [] },
  });
  expect(heads()[1]).toContain('Authorization: Bearer s1');
});
