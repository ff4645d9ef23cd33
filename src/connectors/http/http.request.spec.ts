import { build, failure, faults, header, outcomeOf, pairs } from '../../../test/support/built-requests.js';
import { parseJson } from '../../core/json.js';
import { DefinitionFault } from '../action.js';

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
    ['https://{{ trigger.data.missing }}/{{ trigger.data.host }}/a', 'no host'],
    ['https://{{ trigger.data.missing }}/api/v1', 'no host'],
    ['{{ "https:///example.com" }}', 'no host'],
    ['{{ "https://\\\\example.com" }}', 'no host'],
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
  it.each(['get', 'post', 'put', 'custom'] as const)('of a %s may be numbers whose every digit counts', (action) => {
    const headers = pairs({ 'X-Version': parseJson('1.0') });
    expect(header(build(action, { headers }), 'x-version')).toBe('1.0');
  });

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
