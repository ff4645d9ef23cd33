import { build, failure, header, pairs } from '../../../test/support/built-requests.js';
import type { HttpInput } from '../../core/definition.js';

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
