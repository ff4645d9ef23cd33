import { formSummary } from '../../core/form-summary.js';
import { harOf, type ArchivedAttempt } from './har.js';

const attempt = (rest: Partial<ArchivedAttempt> = {}): ArchivedAttempt => ({
  step: 'call',
  number: 1,
  status: 'succeeded',
  startedAt: new Date('2026-11-22T03:47:15.120Z'),
  request: {
    method: 'POST',
    url: 'https://api.example.com/a?b=c%20d&b=e',
    headers: [
      ['Content-Type', 'application/json'],
      ['Cookie', 'a=1; b=2=3'],
    ],
    body: Buffer.from('{"a":1}'),
    bytes: 7,
  },
  response: {
    status: 201,
    headers: [
      ['content-type', 'image/png'],
      ['set-cookie', 'sid=x; Path=/; Secure'],
      ['location', '/a/1'],
    ],
    body: Buffer.from([0xff, 0x00]),
    bytes: 2,
    truncated: false,
  },
  timings: { dnsMs: 1, connectMs: 2.5, firstByteMs: 20, totalMs: 41 },
  remoteAddress: '203.0.113.9',
  error: null,
  ...rest,
});
const logOf = (...attempts: ArchivedAttempt[]) => (harOf('1430', attempts) as any).log;
const entryOf = (rest: Partial<ArchivedAttempt> = {}) => logOf(attempt(rest)).entries[0];

it('writes what was sent and what came back', () => {
  expect(logOf(attempt())).toEqual({
    version: '1.2',
    creator: { name: 'Hookline', version: '1' },
    comment: 'Run #1430.',
    entries: [
      {
        startedDateTime: '2026-11-22T03:47:15.120Z',
        time: 41,
        request: {
          method: 'POST',
          url: 'https://api.example.com/a?b=c%20d&b=e',
          httpVersion: 'HTTP/1.1',
          cookies: [
            { name: 'a', value: '1' },
            { name: 'b', value: '2=3' },
          ],
          headers: [
            { name: 'Content-Type', value: 'application/json' },
            { name: 'Cookie', value: 'a=1; b=2=3' },
          ],
          queryString: [
            { name: 'b', value: 'c d' },
            { name: 'b', value: 'e' },
          ],
          postData: { mimeType: 'application/json', text: '{"a":1}' },
          headersSize: -1,
          bodySize: 7,
        },
        response: {
          status: 201,
          statusText: 'Created',
          httpVersion: 'HTTP/1.1',
          cookies: [{ name: 'sid', value: 'x' }],
          headers: [
            { name: 'content-type', value: 'image/png' },
            { name: 'set-cookie', value: 'sid=x; Path=/; Secure' },
            { name: 'location', value: '/a/1' },
          ],
          content: { size: 2, mimeType: 'image/png', text: '/wA=', encoding: 'base64' },
          redirectURL: '/a/1',
          headersSize: -1,
          bodySize: -1,
        },
        cache: {},
        timings: { blocked: -1, dns: 1, connect: 2.5, ssl: -1, send: 0, wait: 20, receive: 17.5 },
        serverIPAddress: '203.0.113.9',
        comment: 'Step call, attempt 1: succeeded.',
      },
    ],
  });
});

it('has an entry with status 0 where no answer came', () => {
  const entry = entryOf({
    status: 'failed',
    response: null,
    timings: { dnsMs: 0, connectMs: 0, firstByteMs: 0, totalMs: 30 },
    error: { code: 'reset', message: 'It closed.' },
  });
  expect(entry.response).toMatchObject({ status: 0, _error: 'reset', content: { size: 0 }, bodySize: 0 });
  expect(entry.timings).toMatchObject({ dns: -1, connect: -1, wait: 30, receive: 0 });
  expect(entry.time).toBe(30);
  expect(entry.comment).toBe('Step call, attempt 1: failed (reset). It closed.');
});

it('has an entry of an attempt that is under way', () => {
  const entry = entryOf({ status: 'started', response: null, timings: null, remoteAddress: null });
  expect(entry).toMatchObject({ time: 0, response: { status: 0 }, comment: 'Step call, attempt 1: started.' });
});

it('says which attempts are not in it', () => {
  const log = logOf(attempt({ request: null, response: null }), attempt({ number: 2 }));
  expect(log.entries).toHaveLength(1);
  expect(log.comment).toBe('Run #1430. 1 of its 2 attempts could not be built and sent nothing.');
});

it('says which bodies are left out or cut off', () => {
  const { request, response } = attempt();
  const entry = entryOf({
    request: { ...request!, body: null, bytes: 9 },
    response: { ...response!, truncated: true },
  });
  expect(entry.request.postData).toMatchObject({ text: '', comment: 'This body of 9 bytes is left out here.' });
  expect(entry.response.content.comment).toContain('cut off');
});

it('marks a request body that is no text', () => {
  const entry = entryOf({ request: { ...attempt().request!, body: Buffer.from([0xff]), bytes: 1 } });
  expect(entry.request.postData).toMatchObject({ text: '/w==', _encoding: 'base64' });
});

it('says where only the parts of a form are known', () => {
  const FORM = formSummary([
    { name: 'a', text: 'text' },
    { name: 'f[]', filename: 'a.txt', contentType: 'text/plain', bytes: 5, fileId: 'fil_1' },
    { name: 'f[]', filename: null, contentType: null, bytes: null, url: 'https://files.example/a' },
  ]);
  const headers: [string, string][] = [['Content-Type', 'multipart/form-data; boundary=x']];
  const { request } = entryOf({ request: { ...attempt().request!, headers, body: Buffer.from(FORM), bytes: 7 } });
  expect(request).toMatchObject({
    bodySize: -1,
    postData: {
      params: [
        { name: 'a', value: 'text' },
        { name: 'f[]', fileName: 'a.txt', contentType: 'text/plain', comment: 'fil_1, 5 bytes' },
        { name: 'f[]', comment: 'https://files.example/a' },
      ],
      comment: expect.stringContaining('parts'),
    },
  });
});

it('says which answer is a file', () => {
  const file = { fileId: 'fil_1', filename: 'a.pdf', contentType: 'application/pdf', bytes: 20_000_000 };
  const { response } = entryOf({
    response: { ...attempt().response!, body: Buffer.alloc(0), bytes: file.bytes, file },
  });
  expect(response.content).toEqual({
    size: 20_000_000,
    mimeType: 'image/png',
    text: '',
    comment: 'Stored as the file "a.pdf": GET /api/v1/files/fil_1.',
  });
});
