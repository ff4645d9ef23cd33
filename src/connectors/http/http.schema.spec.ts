import { findAction } from '../catalog.js';

const parse = (action: string, input: unknown) => findAction('http', action)!.inputSchema.safeParse(input);
const url = 'https://api.example.com/';

it('fills in the defaults', () => {
  const shared = {
    url,
    query: [],
    headers: [],
    body: [],
    omitNulls: false,
    queryArrays: 'repeat',
    redirects: 0,
    success: { statuses: ['2xx'], when: null },
    pagination: null,
  };
  expect(parse('post', { url }).data).toEqual(shared);
  expect(parse('custom', { url }).data).toEqual({ ...shared, method: 'POST', bodyType: 'json' });
  expect(parse('get', parse('get', { url }).data).data).toEqual(shared);
});

it.each<[string, string, object, string]>([
  ['an unknown field', 'post', { url, verb: 'x' }, ''],
  ['a method outside custom', 'post', { url, method: 'PATCH' }, ''],
  ['a body type outside custom', 'get', { url, bodyType: 'json' }, ''],
  ['an unknown field of a pair', 'post', { url, body: [{ key: 'a', value: 1, type: 'x' }] }, 'body.0'],
  ['a body of text outside custom', 'post', { url, body: 'text' }, 'body'],
  ['no URL', 'post', {}, 'url'],
  ['a URL of 9 KiB', 'post', { url: `${url}${'x'.repeat(9 * 1024)}` }, 'url'],
  ['201 pairs', 'post', { url, query: Array(201).fill({ key: 'a', value: '' }) }, 'query'],
  ['a key of 2 KiB', 'post', { url, body: [{ key: 'x'.repeat(2048), value: '' }] }, 'body.0.key'],
  ['an empty key', 'post', { url, body: [{ key: '', value: '' }] }, 'body.0.key'],
  ['a value of 300 KiB', 'post', { url, body: [{ key: 'a', value: ['x'.repeat(300 * 1024)] }] }, 'body.0.value'],
  ['U+0000', 'post', { url, body: [{ key: 'a', value: { b: '\0' } }] }, 'body.0.value'],
  ['half of a surrogate pair', 'post', { url, body: [{ key: 'a', value: '\ud800' }] }, 'body.0.value'],
  ['an unknown rule', 'post', { url, body: [{ key: 'a', value: '', whenMissing: 'skip' }] }, 'body.0.whenMissing'],
  ['a bad status', 'post', { url, success: { statuses: ['ok'] } }, 'success.statuses.0'],
  ['no status at all', 'post', { url, success: { statuses: [] } }, 'success.statuses'],
  ['a bad method', 'custom', { url, method: 'GET /' }, 'method'],
  ['a bad body type', 'custom', { url, bodyType: 'xml' }, 'bodyType'],
  ['pagination', 'get', { url, pagination: {} }, 'pagination.by'],
  ['11 redirects', 'get', { url, redirects: 11 }, 'redirects'],
  ['no object', 'get', [], ''],
])('refuses %s', (_what, action, input, path) => {
  const { error } = parse(action, input);
  expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
});

it('takes values of any JSON type', () => {
  const values = ['text', 0, 1.5, true, null, [1, { a: null }], { a: ['{{ trigger.id }}'] }];
  const body = values.map((value, index) => ({ key: `k${index}`, value }));
  expect(parse('post', { url, body }).data).toMatchObject({ body });
});
