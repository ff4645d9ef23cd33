import { build, failure, header, pairs } from '../../../test/support/built-requests.js';
import type { Pair } from '../../core/definition.js';
import { readFormSummary } from '../../core/form-summary.js';

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
