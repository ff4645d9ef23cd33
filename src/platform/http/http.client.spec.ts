import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import * as bad from '../../../test/support/bad-receiver.js';
import { HttpCalls, failure, response } from '../../../test/support/http-calls.js';

const http = new HttpCalls();
const { receive, send } = http;
afterEach(http.end);

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
    expect(http.receiver.requests[0].head.split('\r\n')).toEqual([
      'Purge /a?b=c HTTP/1.1',
      `host: 127.0.0.1:${http.receiver.port}`,
      expect.stringMatching(/^connection: /),
      'X-B: 1',
      'x-a: ü',
      'X-B: 2',
      'Content-Type: text/plain',
      'Accept-Encoding: gzip, deflate, br',
      'content-length: 3',
    ]);
    expect(http.receiver.requests[0].body.toString()).toBe('hé');
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
    expect(/content-length: (\d+)/i.exec(http.receiver.requests[0].head)?.[1] ?? null).toBe(length);
    expect(http.receiver.requests[0].head).not.toMatch(/transfer-encoding/i);
  });

  it('leaves Accept-Encoding alone when the request sets it', async () => {
    await receive(bad.ok());
    await send({ headers: [['accept-encoding', 'identity']] });
    expect(http.receiver.requests[0].head.match(/accept-encoding/gi)).toHaveLength(1);
  });

  it('does not send the fragment of the URL', async () => {
    await receive(bad.ok());
    await send({ url: `${http.receiver.url}/p?q=1#secret` });
    expect(http.receiver.requests[0].head).toMatch(/^GET \/p\?q=1 HTTP/);
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
    expect(http.receiver.connections()).toBe(0);
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
    expect(http.receiver.connections()).toBe(0);
  });

  it.each(['', 'GE T', 'GET\r\nX: 1', 'CONNECT', 'trace', 'GÉT'])('refuses the method %j', async (method) => {
    await receive(bad.ok());
    expect(failure(await send({ method })).code).toBe('mapping');
    expect(http.receiver.connections()).toBe(0);
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
    expect(http.receiver.requests).toHaveLength(1);
  });

  it.each([
    '103 Early Hints\r\nlink: </x>',
    '100 Continue',
    '100 Continue\r\nx: y',
    '103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue',
  ])('skips the interim answer %j', async (interim) => {
    await receive(bad.answer(`HTTP/1.1 ${interim}\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\nok`));
    const result = response(await send());
    expect(result).toMatchObject({ status: 201, headers: [['content-length', '2']] });
    expect(result.body.toString()).toBe('ok');
  });

  it('leaves a body that looks like an interim answer as it is', async () => {
    const body = 'HTTP/1.1 100 Continue\r\n\r\n';
    await receive(bad.answerAndEnd('HTTP/1.1 200 OK\r\n\r\n', body));
    expect(response(await send()).body.toString()).toBe(body);
    await http.receiver.idle();
  });

  it('joins chunks, and takes an HTTP/1.0 answer that ends with the connection', async () => {
    await receive(
      bad.answer('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n3;x=y\r\ncde\r\n0\r\n\r\n'),
    );
    expect(response(await send()).body.toString()).toBe('abcde');
    await receive(bad.answerAndEnd('HTTP/1.0 200 OK\r\n\r\n', 'until the end'));
    expect(response(await send()).body.toString()).toBe('until the end');
    await http.receiver.idle();
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

  it.each([
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
  ])('ends with the compressed data when padding follows %s', async (coding, body) => {
    const trailing = Buffer.concat([body, Buffer.alloc(100_000)]);
    await receive(bad.ok(trailing, `Content-Encoding: ${coding}\r\n`));
    const result = await send({ timeoutMs: 1_000 });
    expect(response(result).body.equals(Buffer.from(text))).toBe(true);
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
