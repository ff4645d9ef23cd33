import type { ReceivedResponse } from '../action.js';
import { findAction } from '../catalog.js';

const scope = { trigger: { id: 'evt_1', data: { wanted: 'done' } }, steps: {} };
const answer = (status: number, contentType: string | null, body: string | Buffer): ReceivedResponse => ({
  status,
  headers: contentType === null ? [] : [['Content-Type', contentType]],
  body: Buffer.from(body),
  durationMs: 41,
});
const step = (success: object = {}) => {
  const { inputSchema, compile } = findAction('http', 'get')!;
  return compile(inputSchema.parse({ url: 'https://example.com/', success }));
};
const bodyOf = (contentType: string | null, body: string | Buffer): unknown =>
  step().output(answer(200, contentType, body)).body;

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const EXTERNAL = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>';

describe('a body is read by its media type', () => {
  it.each<[string | null, string | Buffer, unknown]>([
    ['application/json', '{"a":[1,null]}', { a: [1, null] }],
    ['application/json; charset=utf-8', '\ufeff{"a":"é"}', { a: 'é' }],
    ['application/json; charset=nonsense', '"é"', 'é'],
    ['application/json; charset=utf-16le', Buffer.from('{"a":"é"}', 'utf16le'), { a: 'é' }],
    ['application/vnd.api+json', '[]', []],
    ['text/json', '1', 1],
    ['application/json', '', null],
    ['application/json', ' \n', null],
    [
      'application/xml',
      '<?xml version="1.0"?><a x="1"><b>1.0</b><b>&lt;2&gt;&#x41;</b></a>',
      { a: { '@x': '1', b: ['1.0', '<2>A'] } },
    ],
    ['text/xml', '<a><![CDATA[<x>]]></a>', { a: '<x>' }],
    ['application/rss+xml', '<a/>', { a: '' }],
    ['application/xml', ' \n', null],
    ['application/xml', latin1('<?xml version="1.0" encoding="ISO-8859-1"?><n>José</n>'), { n: 'José' }],
    ['text/xml; charset=utf-8', '<?xml version="1.0" encoding="ISO-8859-1"?><n>José</n>', { n: 'José' }],
    ['application/xml', Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><n>é</n>', 'utf16le'), { n: 'é' }],
    ['application/xml', '<?xml version="1.0" encoding="UTF-16"?><n>é</n>', { n: 'é' }],
    ['application/xml', '<!DOCTYPE a [<!ENTITY e "boom">]><a>&e;</a>', { a: '&e;' }],
    ['application/xml', EXTERNAL, EXTERNAL],
    ['application/x-www-form-urlencoded', 'a=1&b=x+y&a=2&__proto__=z', { a: ['1', '2'], b: 'x y', ['__proto__']: 'z' }],
    ['text/plain', 'hello', 'hello'],
    ['text/plain; charset=iso-8859-1', Buffer.from([0xe9]), 'é'],
    ['text/plain; charset=nonsense', 'é', 'é'],
    ['text/html', '<p>', '<p>'],
    ['application/javascript; charset=utf-8', 'x', 'x'],
    ['image/png', Buffer.from([1, 2, 3]), { contentType: 'image/png', bytes: 3 }],
    ['application/pdf', 'x', { contentType: 'application/pdf', bytes: 1 }],
    [null, 'plain', 'plain'],
    [null, Buffer.from([0xff, 0xfe]), { contentType: null, bytes: 2 }],
    ['nonsense', 'plain', 'plain'],
    [null, '', null],
  ])('%s %j', (contentType, body, value) => {
    expect(bodyOf(contentType, body)).toEqual(value);
  });

  it('and XML of more than 2 MiB stays text', () => {
    const text = `<a>${'x'.repeat(2 * 1024 * 1024)}</a>`;
    expect(bodyOf('text/xml', text)).toBe(text);
  });

  it('and JSON with more than 250,000 numbers whose every digit counts stays text', () => {
    const numbers = (count: number) => `[${Array.from({ length: count }, () => '1.0').join()}]`;
    expect(bodyOf('application/json', numbers(250_001))).toBe(numbers(250_001));
    expect(bodyOf('application/json', numbers(250_000))).toHaveLength(250_000);
  });

  it('and no digit of JSON is lost', () => {
    const text = '{"id":12345678901234567890,"price":12.50}';
    expect(JSON.stringify(bodyOf('application/json', text))).toBe(text);
  });
});

it('gives headers by their small names, repeated ones as lists', () => {
  const headers: [string, string][] = [
    ['Set-Cookie', 'a=1'],
    ['X-One', '1'],
    ['set-cookie', 'b=2'],
    ['SET-COOKIE', 'c=3'],
    ['__proto__', 'x'],
  ];
  const output = step().output({ status: 204, headers, body: Buffer.alloc(0), durationMs: 7 });
  expect(output).toMatchObject({ status: 204, body: null, durationMs: 7 });
  expect(Object.entries(output.headers)).toEqual([
    ['set-cookie', ['a=1', 'b=2', 'c=3']],
    ['x-one', '1'],
    ['__proto__', 'x'],
  ]);
});

describe('success', () => {
  it.each<[number, object, string | null]>([
    [200, {}, null],
    [204, {}, null],
    [299, {}, null],
    [301, {}, 'redirect'],
    [304, {}, 'redirect'],
    [400, {}, 'http_4xx'],
    [404, {}, 'http_4xx'],
    [408, {}, 'http_4xx'],
    [429, {}, 'http_429'],
    [500, {}, 'http_5xx'],
    [503, {}, 'http_5xx'],
    [599, {}, 'http_5xx'],
    [404, { statuses: ['2xx', '404'] }, null],
    [302, { statuses: ['3xx'] }, null],
    [500, { statuses: ['5xx'] }, null],
    [200, { statuses: ['201'] }, 'parse'],
    [201, { statuses: ['201'] }, null],
  ])('%i with %j: %s', (status, success, code) => {
    const judged = step(success).judge(answer(status, 'application/json', '{"a":1}'), scope);
    expect(judged.kind === 'failed' ? judged.error.code : null).toBe(code);
    expect(judged.output).toEqual(step().output(answer(status, 'application/json', '{"a":1}')));
  });

  it.each<[string, string | null]>([
    ['body.state == "ok"', null],
    ['body.state == trigger.data.wanted', 'parse'],
    ['status == 200 && headers["content-type"].startsWith("application/") && durationMs < 1000', null],
    ['has(body.error)', 'parse'],
    ['body.missing == 1', 'mapping'],
    ['body.state', 'mapping'],
  ])('when %s: %s', (when, code) => {
    const judged = step({ when }).judge(answer(200, 'application/json', '{"state":"ok"}'), scope);
    expect(judged.kind === 'failed' ? judged.error.code : null).toBe(code);
  });

  it('says which condition was false, on one line and not without end', () => {
    const said = (when: string) => {
      const judged = step({ when }).judge(answer(200, 'application/json', '{"state":"ok"}'), scope);
      return judged.kind === 'failed' ? judged.error.message : null;
    };
    expect(said('body.state == "done" &&\n  status == 200')).toBe(
      `The receiver answered 200 OK, but the step's success condition is false for it: body.state == "done" && status == 200`,
    );
    expect(said(`body.state == "${'x'.repeat(500)}"`)).toMatch(/: body\.state == "x+…$/);
    expect(said(`body.state == "${'x'.repeat(500)}"`)!.length).toBeLessThan(300);
  });

  it('is not asked of its condition where the status already failed', () => {
    const judged = step({ when: 'body.nope' }).judge(answer(500, null, ''), scope);
    expect(judged).toMatchObject({ kind: 'failed', error: { code: 'http_5xx' } });
  });

  it.each([
    ['application/json', '{"a":', 'is not the JSON'],
    ['application/json', '['.repeat(201) + ']'.repeat(201), 'nested more than 200 deep'],
    ['application/xml', '<a><b></a>', 'is not the XML'],
    ['application/xml', `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`, 'is not the XML'],
  ])('needs a body that is what %s announces', (contentType, body, message) => {
    const judged = step().judge(answer(200, contentType, body), scope);
    expect(judged).toMatchObject({ kind: 'failed', error: { code: 'parse' }, output: { body } });
    expect(judged.kind === 'failed' && judged.error.message).toContain(message);
    expect(step().judge(answer(502, contentType, body), scope)).toMatchObject({ error: { code: 'http_5xx' } });
  });
});

it.each([
  [
    503,
    'The receiver answered 503 Service Unavailable. The fault is on its side: try again later, or ask its operator.',
  ],
  [401, 'The receiver answered 401 Unauthorized. Check the credentials that the step sends.'],
  [
    302,
    'The receiver answered 302 Found. It names no address to go on to: ask its operator, or let the step take this status as success.',
  ],
  [
    407,
    "The receiver answered 407 Proxy Authentication Required. Check the proxy's user name and password in the connection.",
  ],
  [
    304,
    'The receiver answered 304 Not Modified. Take 304 as success, or remove If-None-Match and If-Modified-Since from the headers.',
  ],
  [799, 'The receiver answered 799. The fault is on its side: try again later, or ask its operator.'],
])('says what %i means and what to do', (status, message) => {
  expect(step().judge(answer(status, null, ''), scope)).toMatchObject({ error: { message } });
});

it.each([
  [302, 'Use the address in its Location header as the URL, or let the step follow redirects.'],
  [300, 'Use the address in its Location header as the URL.'],
])('says where %i leads to', (status, advice) => {
  const judged = step().judge({ ...answer(status, null, ''), headers: [['LOCATION', '/b']] }, scope);
  expect(judged).toMatchObject({ error: { message: expect.stringMatching(advice.replaceAll('.', '\\.') + '$') } });
});
