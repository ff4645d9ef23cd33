import { fileOf, isFile } from './response-file.js';

const named = (disposition: string, url = 'https://example.com/a/last%20one.pdf?x=1') =>
  fileOf([['Content-Disposition', disposition]], url).filename;

it.each([
  ['attachment; filename="plan.pdf"', 'plan.pdf'],
  ['attachment; filename=plan.pdf', 'plan.pdf'],
  ['attachment; filename="a \\"b\\"; c.pdf"', 'a "b"; c.pdf'],
  [`attachment; filename="x.pdf"; filename*=UTF-8''%E8%A6%8B%E7%A9%8D.pdf`, '見積.pdf'],
  [`attachment; filename="${Buffer.from('見積.pdf').toString('latin1')}"`, '見積.pdf'],
  ['attachment; filename="caf\u00e9.pdf"', 'café.pdf'],
  ['attachment', 'last one.pdf'],
  ['inline; name="x"', 'last one.pdf'],
])('an answer with %s is the file %s', (disposition, filename) => {
  expect(named(disposition)).toBe(filename);
});

it.each([
  ['image/png', 'image/png'],
  ['Text/Plain; Charset=UTF-8; x=y', 'text/plain; charset=UTF-8'],
  ['nonsense', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('of type %j it is a file of type %s', (sent, contentType) => {
  expect(fileOf([['content-type', sent]], 'https://example.com/').contentType).toBe(contentType);
});

it.each([
  ['application/json', '{}', false],
  ['application/vnd.api+json', '{}', false],
  ['application/problem+xml', '<a/>', false],
  ['application/x-www-form-urlencoded', 'a=b', false],
  ['text/csv', '\xff', false],
  ['application/x-own; charset=latin1', '\xff', false],
  ['application/pdf', '%PDF', true],
  ['application/json;charset=utf-8', '{}', false],
  ['application/jsonl', '{}\n{}', true],
  ['application/json-seq', '\x1e{}', true],
  ['image/png', '', false],
  [null, 'text', false],
  [null, '\xff', true],
])('whether %s is one is said by its type: %j %s', (type, body, is) => {
  expect(isFile(type === null ? [] : [['Content-Type', type]], Buffer.from(body, 'latin1'))).toBe(is);
});
