import type { HttpInput, Pair } from '../../core/definition.js';
import { readFormSummary } from '../../core/form-summary.js';
import { parseJson } from '../../core/json.js';
import { DefinitionFault, type BuildOutcome, type BuiltRequest } from '../action.js';
import { findAction } from '../catalog.js';

const scope = {
  trigger: {
    id: 'evt_1',
    data: parseJson(`{
      "name": "Zoë & Co", "n": 5, "id": 12345678901234567890, "price": 12.50, "yes": true, "nothing": null, "path": "a/b?c#d",
      "up": "..", "host": "example.com", "base": "https://example.com/api", "list": ["a b", 2, null, {"x": "y"}],
      "empty": [], "object": {"a": 1, "b": null, "c": {"d": null}}, "broken": "a\\r\\nX-Evil: 1", "arrow": "→",
      "quote": "\\",\\"admin\\":true,\\"x\\":\\"", "big": "${'x'.repeat(700_000)}"
    }`),
  },
  steps: {},
};

function outcomeOf(action: string, input: object): BuildOutcome {
  const { inputSchema, compile } = findAction('http', action)!;
  return compile(inputSchema.parse({ url: 'https://example.com/', ...input })).build(scope);
}
function build(action: string, input: object): BuiltRequest {
  const outcome = outcomeOf(action, input);
  if (outcome.kind === 'failed') throw new Error(outcome.error.message);
  return outcome.request;
}
function failure(action: string, input: object): { code: string; message: string } {
  const outcome = outcomeOf(action, input);
  if (outcome.kind !== 'failed') throw new Error('built');
  return outcome.error;
}
function faults(action: string, input: object) {
  const { inputSchema, check } = findAction('http', action)!;
  return check(inputSchema.parse({ url: 'https://example.com/', ...input }));
}
const header = (request: BuiltRequest, name: string): string | undefined =>
  request.headers.find(([each]) => each.toLowerCase() === name)?.[1];
const pairs = (values: Record<string, unknown>): Pair[] =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

describe('the URL', () => {
  it.each([
    ['https://example.com/a?b=c', 'https://example.com/a?b=c'],
    ['  https://example.com/a b  ', 'https://example.com/a%20b'],
    ['https://example.com/a#fragment', 'https://example.com/a'],
    ['https://example.com/{{ trigger.data.path }}/x', 'https://example.com/a%2Fb%3Fc%23d/x'],
    ['https://example.com/{{ trigger.data.name }}', 'https://example.com/Zo%C3%AB%20%26%20Co'],
    ['https://example.com?q={{ trigger.data.name }}', 'https://example.com?q=Zo%C3%AB%20%26%20Co'],
    ['https://example.com/{{ "!\'()*~-._" }}/', 'https://example.com/%21%27%28%29%2A~-._/'],
    ['https://example.com/{{ trigger.data.nothing }}/x', 'https://example.com//x'],
    ['https://example.com/{{ trigger.data.id }}', 'https://example.com/12345678901234567890'],
    ['https://{{ trigger.data.host }}/a', 'https://example.com/a'],
    ['https://{{ trigger.data.host }}:{{ trigger.data.n }}/a', 'https://example.com:5/a'],
    ['{{ trigger.data.base }}', 'https://example.com/api'],
    ['{{ trigger.data.base }}/users/{{ trigger.data.path }}', 'https://example.com/api/users/a%2Fb%3Fc%23d'],
    ['{{ trigger.data.base + "?x=a b#y" }}', 'https://example.com/api?x=a%20b'],
  ])('%s is called as %s', (url, called) => {
    expect(build('get', { url }).url).toBe(called);
  });

  it.each([
    ['https://{{ trigger.data.path }}/a', 'stands in the host'],
    ['https://{{ trigger.data.host }}@evil.example/{{ trigger.id }}', 'user name or password'],
    ['https://{{ "a@b" }}/', 'stands in the host'],
    ['https://{{ "a b" }}/', 'stands in the host'],
    ['https://{{ "a\\\\b" }}/', 'stands in the host'],
    ['https://example.com/{{ trigger.data.up }}/admin', 'another path'],
    ['https://example.com/a\\{{ ".." }}', 'another path'],
    ['https://example.com/x{{ "%2e" }}/%2E{{ "." }}/admin', 'another path'],
    ['{{ trigger.data.missing }}', 'empty'],
    ['{{ trigger.data.name }}', 'must begin with http'],
    ['{{ "ftp://example.com" }}', 'must begin with http'],
    ['{{ "https://u:p@example.com/" }}', 'user name or password'],
    ['{{ "https://example.com/" + trigger.data.broken }}', 'line break'],
    ['https://{{ trigger.data.missing }}:99999/', 'cannot be read'],
  ])('%s is a mapping error', (url, message) => {
    const { code, message: said } = failure('get', { url });
    expect(code).toBe('mapping');
    expect(said).toContain(message);
  });
});

describe('the query', () => {
  it.each([
    ['https://example.com/', 'https://example.com/?k=a%20b'],
    ['https://example.com/?x=1%20+', 'https://example.com/?x=1%20+&k=a%20b'],
    ['https://example.com/?', 'https://example.com/?k=a%20b'],
    ['https://example.com/?x&', 'https://example.com/?x&k=a%20b'],
    ['https://example.com/#top', 'https://example.com/?k=a%20b'],
  ])('is appended to %s', (url, called) => {
    expect(build('get', { url, query: pairs({ k: 'a b' }) }).url).toBe(called);
  });

  it.each([
    ['repeat', 'k=a%20b&k=2&k=&k=%7B%22x%22%3A%22y%22%7D'],
    ['brackets', 'k%5B%5D=a%20b&k%5B%5D=2&k%5B%5D=&k%5B%5D=%7B%22x%22%3A%22y%22%7D'],
    ['indices', 'k%5B0%5D=a%20b&k%5B1%5D=2&k%5B2%5D=&k%5B3%5D=%7B%22x%22%3A%22y%22%7D'],
    ['comma', 'k=a%20b,2,,%7B%22x%22%3A%22y%22%7D'],
  ])('writes lists as %s', (queryArrays, query) => {
    const request = build('get', { query: pairs({ k: '{{ trigger.data.list }}' }), queryArrays });
    expect(request.url).toBe(`https://example.com/?${query}`);
  });

  it('keeps order and repeated keys', () => {
    const query = [
      { key: 'b', value: '1' },
      { key: 'a', value: 2 },
      { key: 'b', value: true },
      { key: 'ü&', value: 'x' },
    ];
    expect(build('get', { query }).url).toBe('https://example.com/?b=1&a=2&b=true&%C3%BC%26=x');
  });
});

describe('headers', () => {
  it('go out as written, then the defaults that are missing', () => {
    const headers = [
      { key: 'X-Name', value: 'n{{ trigger.data.n }}' },
      { key: 'X-Twice', value: 1 },
      { key: 'X-Twice', value: '{{ trigger.data.object }}' },
      { key: 'X-Null', value: '{{ trigger.data.nothing }}' },
      { key: 'accept', value: 'text/csv' },
    ];
    expect(build('post', { headers, body: pairs({ a: 1 }) }).headers).toEqual([
      ['X-Name', 'n5'],
      ['X-Twice', '1'],
      ['X-Twice', '{"a":1,"b":null,"c":{"d":null}}'],
      ['X-Null', ''],
      ['accept', 'text/csv'],
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Hookline'],
    ]);
  });

  it('with null are left out where the step omits nulls', () => {
    const headers = [{ key: 'X-Null', value: '{{ trigger.data.nothing }}' }];
    expect(header(build('get', { headers, omitNulls: true }), 'x-null')).toBeUndefined();
  });

  it.each(['broken', 'arrow'])('cannot be injected by a value (%s)', (name) => {
    const headers = [{ key: 'X-Value', value: `{{ trigger.data.${name} }}` }];
    expect(failure('get', { headers })).toEqual({
      code: 'mapping',
      message: 'The header X-Value: its value holds a line break, a control character or a character outside Latin-1.',
    });
  });

  it.each(['Host', 'content-length', 'Transfer-Encoding', 'Connection', 'Proxy-Authorization', 'a b', 'a:b', 'ü'])(
    '%s cannot be set',
    (key) => {
      expect(faults('get', { headers: [{ key, value: 'x' }] })).toMatchObject([{ path: '/headers/0/key' }]);
    },
  );
});

describe('the encoding of the body', () => {
  const body = pairs({
    name: '{{ trigger.data.name }}',
    'a.b': 1,
    2: '{{ trigger.data.id }}',
    1: '{{ trigger.data.price }}',
  });
  const ordered = [...body].sort((a, b) => (a.key < b.key ? 1 : -1));
  const json = '{"name":"Zoë & Co","a.b":1,"2":12345678901234567890,"1":12.50}';
  const form = 'name=Zo%C3%AB+%26+Co&a.b=1&2=12345678901234567890&1=12.50';

  it.each([
    [undefined, json, 'application/json'],
    ['application/json', json, 'application/json'],
    ['application/vnd.api+json; ext=x', json, 'application/vnd.api+json; ext=x'],
    ['application/x-www-form-urlencoded', form, 'application/x-www-form-urlencoded'],
    ['Application/X-WWW-Form-Urlencoded; charset=UTF-8', form, 'Application/X-WWW-Form-Urlencoded; charset=UTF-8'],
    ['{{ "application/x-www-form-urlencoded" }}', form, 'application/x-www-form-urlencoded'],
    ['{{ trigger.data.nothing }}', json, 'application/json'],
  ])('under Content-Type %s', (contentType, text, sent) => {
    const headers = contentType === undefined ? [] : [{ key: 'content-type', value: contentType }];
    for (const action of ['post', 'put']) {
      const request = build(action, { headers, body: ordered });
      expect(request.method).toBe(action.toUpperCase());
      expect(request.body?.toString()).toBe(text);
      expect(
        request.headers.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => value),
      ).toEqual([sent]);
    }
  });

  it.each(['get', 'post', 'put', 'custom'])('is nothing where %s has no pairs', (action) => {
    const request = build(action, {});
    expect(request.body).toBeNull();
    expect(request.headers).toEqual([
      ['Accept', '*/*'],
      ['User-Agent', 'Hookline'],
    ]);
  });

  it.each<[string, Partial<HttpInput>, string | null, string | undefined]>([
    ['none', { bodyType: 'none' }, null, undefined],
    ['json pairs', { bodyType: 'json', body: ordered }, json, 'application/json'],
    ['urlencoded pairs', { bodyType: 'urlencoded', body: ordered }, form, 'application/x-www-form-urlencoded'],
    ['raw text', { bodyType: 'raw', body: 'n={{ trigger.data.n }};→' }, 'n=5;→', 'text/plain; charset=utf-8'],
    ['raw with a type', { bodyType: 'raw', body: '<a/>', contentType: 'application/xml' }, '<a/>', 'application/xml'],
    ['json with a type', { body: '[1]', contentType: 'application/vnd.api+json' }, '[1]', 'application/vnd.api+json'],
    [
      'a header of its own',
      { bodyType: 'raw', body: 'a', headers: pairs({ 'Content-Type': 'text/csv' }) },
      'a',
      'text/csv',
    ],
  ])('custom: %s', (_what, input, text, contentType) => {
    const request = build('custom', { method: 'patch', ...input });
    expect(request.method).toBe('PATCH');
    expect(request.body?.toString() ?? null).toBe(text);
    expect(header(request, 'content-type')).toBe(contentType);
  });

  it.each([
    [
      '{"a": {{ trigger.data.n }}, "b": "{{ trigger.data.n }}", "c": "n{{ trigger.data.n }}"}',
      '{"a":5,"b":5,"c":"n5"}',
    ],
    ['{{ trigger.data.object }}', '{"a":1,"b":null,"c":{"d":null}}'],
    ['[{{ trigger.data.id }},{{trigger.data.missing}}]', '[12345678901234567890,null]'],
    ['{"x": "{{ trigger.data.quote }}"}', '{"x":"\\",\\"admin\\":true,\\"x\\":\\""}'],
    ['{"x": "say \\"{{ trigger.data.quote }}\\""}', '{"x":"say \\"\\",\\"admin\\":true,\\"x\\":\\"\\""}'],
    ['{"n": 1.0, "__proto__": {"a": 12345678901234567890}}', '{"n":1.0,"__proto__":{"a":12345678901234567890}}'],
    ['{"a":{"b":{{ {"c": "}}"} }}}}', '{"a":{"b":{"c":"}}"}}}'],
    ['"{{ "a" }}"', '"a"'],
  ])('custom json text %s', (source, text) => {
    expect(build('custom', { body: source }).body?.toString()).toBe(text);
  });

  it('custom json text leaves nulls out at every depth where the step omits them', () => {
    const request = build('custom', { body: '{"o": {{ trigger.data.object }}, "l": [null]}', omitNulls: true });
    expect(request.body?.toString()).toBe('{"o":{"a":1,"c":{}},"l":[null]}');
  });
});

/** One line per rule; columns: missing, null, "", 0, false, [], {}. Undefined: the pair is not sent. Null: an error. */
describe('null rules', () => {
  const values = ['{{ trigger.data.missing }}', null, '', 0, false, [], {}];
  const kept = ['""', '0', 'false', '[]', '{}'];
  const json: [string, object, (string | undefined | null)[]][] = [
    ['the default', {}, ['null', 'null', ...kept]],
    ['omitNulls', { omitNulls: true }, [undefined, undefined, ...kept]],
    ['send-null against omitNulls', { omitNulls: true, whenMissing: 'send-null' }, ['null', 'null', ...kept]],
    ['omit', { whenMissing: 'omit' }, [undefined, undefined, ...kept]],
    ['empty', { whenMissing: 'empty' }, ['""', '""', ...kept]],
    ['default', { whenMissing: 'default', default: 7 }, ['7', '7', ...kept]],
    ['default without one', { whenMissing: 'default' }, ['null', 'null', ...kept]],
    ['fail', { whenMissing: 'fail' }, [null, null, ...kept]],
  ];
  const asForm = (text: string): string | undefined =>
    text === '[]' ? undefined : `k=${text === 'null' || text === '""' ? '' : text === '{}' ? '%7B%7D' : text}`;

  const targets: [string, string, Partial<HttpInput>][] = [
    ['post json', 'post', {}],
    ['put json', 'put', {}],
    ['custom json', 'custom', { bodyType: 'json' }],
    ['post urlencoded', 'post', { headers: pairs({ 'Content-Type': 'application/x-www-form-urlencoded' }) }],
    ['put urlencoded', 'put', { headers: pairs({ 'Content-Type': 'application/x-www-form-urlencoded' }) }],
    ['custom urlencoded', 'custom', { bodyType: 'urlencoded' }],
    ['get query', 'get', {}],
    ['post query', 'post', {}],
    ['put query', 'put', {}],
    ['custom query', 'custom', {}],
  ];
  const table = targets.flatMap(([target, action, extra]) =>
    json.flatMap(
      ([rule, { omitNulls = false, ...pair }, row]: [string, { omitNulls?: boolean }, (string | undefined | null)[]]) =>
        values.map((value, at) => {
          const own = { key: 'k', value, ...pair };
          const place = target.endsWith('query') ? { query: [own] } : { body: [own] };
          return { target, action, rule, value, expected: row[at], input: { ...extra, ...place, omitNulls } };
        }),
    ),
  );

  it.each(table)('$target, $rule: $value', ({ target, action, input, expected }) => {
    if (expected === null) {
      const { code, message } = failure(action, input);
      expect(code).toBe('mapping');
      expect(message).toContain('"k" has no value here');
      return;
    }
    const request = build(action, input);
    const pair = expected === undefined ? undefined : asForm(expected);
    if (target.endsWith('json')) {
      expect(request.body?.toString()).toBe(expected === undefined ? '{}' : `{"k":${expected}}`);
    } else if (target.endsWith('urlencoded')) {
      expect(request.body?.toString()).toBe(pair ?? '');
    } else {
      expect(request.url).toBe(`https://example.com/${pair === undefined ? '' : `?${pair}`}`);
    }
  });

  it('a default may be mapped as well', () => {
    const pair = {
      key: 'k',
      value: '{{ trigger.data.missing }}',
      whenMissing: 'default',
      default: 'n{{ trigger.data.n }}',
    };
    expect(build('post', { body: [pair] }).body?.toString()).toBe('{"k":"n5"}');
  });

  it('omit reaches into values, and lists keep their places', () => {
    const body = [{ key: 'o', value: { a: null, b: [null, { c: null }], d: '{{ trigger.data.object }}' } }];
    expect(build('post', { body, omitNulls: true }).body?.toString()).toBe('{"o":{"b":[null,{}],"d":{"a":1,"c":{}}}}');
  });

  it('templates work at every depth of a value', () => {
    const body = pairs({ o: { list: ['{{ trigger.data.n }}', 'n={{ trigger.data.n }}', 1.5, null] } });
    expect(build('post', { body }).body?.toString()).toBe('{"o":{"list":[5,"n=5",1.5,null]}}');
  });
});

describe('a request that cannot be built', () => {
  it('shows how far it came', () => {
    const input = {
      query: pairs({ a: 1 }),
      body: [{ key: 'k', value: '{{ trigger.data.missing }}', whenMissing: 'fail' }],
    };
    expect(outcomeOf('post', input)).toEqual({
      kind: 'failed',
      error: { code: 'mapping', message: 'The body field "k" has no value here, and it must have one.' },
      request: { method: 'POST', url: 'https://example.com/?a=1', headers: [], body: null },
    });
    expect(outcomeOf('post', { url: '{{ trigger.data.missing }}' })).toMatchObject({ kind: 'failed', request: null });
  });

  it('names the field whose expression fails', () => {
    const body = pairs({ k: '{{ trigger.data.nope + 1 }}' });
    expect(failure('post', { body }).message).toMatch(
      /^The body field "k": \{\{ trigger\.data\.nope \+ 1 \}\}: No such key: nope/,
    );
  });

  it('is refused where its body would be larger than 10 MiB', () => {
    const body = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`k${i}`, '{{ trigger.data.big }}']));
    expect(failure('post', { body: pairs(body) })).toMatchObject({ code: 'limit' });
  });
});

describe('a form with parts', () => {
  const A = 'fil_01jd0000000000000000000001';
  const B = 'fil_01jd0000000000000000000002';
  const form = (body: Pair[]) => build('custom', { bodyType: 'form-data', body });
  const shown = (body: Pair[]) =>
    readFormSummary(form(body).body!.toString())!.map((part) =>
      'text' in part ? `${part.name}: ${part.text}` : `${part.name}: [file ${part.fileId ?? part.url}]`,
    );

  it('has texts and files, in the order of the pairs', () => {
    const body = pairs({ name: '{{ trigger.data.name }}', n: '{{ trigger.data.n }}', doc: { fileId: A }, o: { a: 1 } });
    expect(shown(body)).toEqual(['name: Zoë & Co', 'n: 5', `doc: [file ${A}]`, 'o: {"a":1}']);
  });

  it.each<[Record<string, unknown>, string[]]>([
    [
      { 'A[]': [{ fileId: A }, { fileId: B }, { fileId: A }] },
      [`A[]: [file ${A}]`, `A[]: [file ${B}]`, `A[]: [file ${A}]`],
    ],
    [{ 'A[]': [{ fileId: A }] }, [`A[]: [file ${A}]`]],
    [{ 'A[]': [], t: 'x' }, ['t: x']],
    [{ 'A[]': { fileId: A } }, [`A[]: [file ${A}]`]],
    [{ A: [{ fileId: A }] }, [`A: [file ${A}]`]],
    [{ A: [], t: 'x' }, ['t: x']],
    [{ 'T[]': ['a', 'b'] }, ['T[]: a', 'T[]: b']],
    [{ T: ['a', 'b'] }, ['T: ["a","b"]']],
    [{ A: { fileId: A, filename: 'a', contentType: 'b/c', bytes: 1 } }, [`A: [file ${A}]`]],
    [{ A: { url: ' https://example.com/a?b ', filename: 'a' } }, ['A: [file https://example.com/a?b]']],
    [{ T: { url: 'https://example.com/a' } }, ['T: {"url":"https://example.com/a"}']],
    [{ T: { fileId: A, note: 'an object of its own' } }, [`T: {"fileId":"${A}","note":"an object of its own"}`]],
  ])('sends %j as %j', (values, parts) => {
    expect(shown(pairs(values))).toEqual(parts);
  });

  it.each([
    [{ A: [{ fileId: A }, { fileId: B }, { fileId: A }] }, /^The body field "A" has 3 files.*add \[\]/],
    [{ A: { fileId: 'run_01jd0000000000000000000001' } }, /no id of a file/],
    [{ A: { url: 'ftp://example.com/a', filename: 'a' } }, /cannot be fetched.*must begin with http/],
    [{ A: { url: 5, filename: 'a' } }, /cannot be fetched/],
  ])('%j fails as a mapping, and says what to do', (values, message) => {
    const error = failure('custom', { bodyType: 'form-data', body: pairs(values) });
    expect(error).toMatchObject({ code: 'mapping', message: expect.stringMatching(message) });
  });

  it('comes of a Content-Type header too, with our boundary and texts only', () => {
    const headers = pairs({ 'content-type': 'multipart/form-data; boundary=theirs' });
    const request = build('post', { headers, body: pairs({ a: 1 }) });
    expect(header(request, 'content-type')).toBe(`multipart/form-data; boundary=${request.form!.boundary}`);
    expect(request.headers.filter(([name]) => /^content-type$/i.test(name))).toHaveLength(1);
    expect(failure('put', { headers, body: pairs({ a: { fileId: A } }) }).message).toMatch(/custom call/);
  });

  it('is the same for every attempt, and its boundary another for other parts', () => {
    expect(form(pairs({ a: 1 }))).toEqual(form(pairs({ a: 1 })));
    expect(form(pairs({ a: 1 })).form!.boundary).not.toBe(form(pairs({ a: 2 })).form!.boundary);
  });
});

describe('an input that can never run', () => {
  it.each<[string, object, string]>([
    ['get', { body: pairs({ a: 1 }) }, '/body'],
    ['post', { body: [...pairs({ a: 1 }), ...pairs({ a: 2 })] }, '/body/1/key'],
    ['custom', { bodyType: 'form-data', body: 'a=1' }, '/body'],
    ['custom', { bodyType: 'none', body: 'x' }, '/body'],
    ['custom', { bodyType: 'raw', body: pairs({ a: 1 }) }, '/body'],
    ['custom', { bodyType: 'urlencoded', body: 'a=1' }, '/body'],
    ['custom', { body: '{"a": }' }, '/body'],
    ['custom', { body: '{"{{ trigger.id }}": 1}' }, '/body'],
    ['custom', { body: '{ {{ trigger.id }}: 1}' }, '/body'],
    ['custom', { body: '{{ trigger.id }}{{ trigger.id }}' }, '/body'],
    ['custom', { bodyType: 'raw', body: 'x', contentType: 'nonsense' }, '/contentType'],
    ['custom', { method: 'connect' }, '/method'],
    ['post', { url: '{{ foo }}' }, '/url'],
    ['post', { url: 'ftp://example.com' }, '/url'],
    ['post', { url: 'example.com/a' }, '/url'],
    ['post', { query: pairs({ a: '{{ trigger.' }) }, '/query/0/value'],
    ['post', { body: pairs({ a: { b: ['{{ nope }}'] } }) }, '/body/0/value/b/0'],
    ['post', { success: { when: 'status ==' } }, '/success/when'],
  ])('%s %j', (action, input, path) => {
    expect(faults(action, input).map((fault) => fault.path)).toEqual([path]);
    expect(() => outcomeOf(action, input)).toThrow(DefinitionFault);
  });

  it('is told about every fault at once', () => {
    const input = {
      url: '{{ a',
      query: pairs({ a: '{{ b' }),
      headers: pairs({ Host: '{{ c' }),
      body: pairs({ a: '{{ d' }),
    };
    expect(faults('post', input).map(({ path }) => path)).toEqual([
      '/url',
      '/query/0/value',
      '/headers/0/key',
      '/headers/0/value',
      '/body/0/value',
    ]);
  });

  it('may repeat keys in forms and queries', () => {
    const twice = [...pairs({ a: 1 }), ...pairs({ a: 2 })];
    expect(build('custom', { bodyType: 'urlencoded', body: twice, query: twice }).body?.toString()).toBe('a=1&a=2');
  });
});
