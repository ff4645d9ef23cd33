import { parseJson } from '../../core/json.js';
import type { PageMove, PagesRead, StepOutput } from '../action.js';
import { findAction } from '../catalog.js';
import { MAX_PAGES_BYTES } from './http.pages.js';

const URL = 'https://api.example.com/items?size=2';

function planOf(pagination: object, url = URL) {
  const { inputSchema, compile } = findAction('http', 'get')!;
  const step = compile(inputSchema.parse({ url, pagination }));
  const built = step.build({});
  if (built.kind === 'failed') throw new Error(built.error.message);
  const first = built.request;
  const pages = step.pages!;
  return {
    pages,
    /** The URL of the page after those read, or why there is none. */
    urlAfter: (read: PagesRead) => {
      const outcome = pages.request(first, read);
      return outcome.kind === 'request' ? outcome.request.url : outcome.error;
    },
  };
}
const page = (body: unknown, headers: StepOutput['headers'] = {}): StepOutput => ({
  status: 200,
  headers,
  body,
  durationMs: 1,
});
const readOf = (move: PageMove): PagesRead => {
  if (move.kind !== 'next') throw new Error(JSON.stringify(move));
  return move.read;
};

/** Reads these pages one after the other; the URL of each, and what came of it. */
function readAll(pagination: object, ...answers: StepOutput[]) {
  const { pages, urlAfter } = planOf(pagination);
  let read = pages.none;
  const urls = [urlAfter(read)];
  for (const answer of answers) {
    const move = pages.take(read, answer, 10);
    if (move.kind !== 'next') return { urls, move };
    read = move.read;
    urls.push(urlAfter(read));
  }
  return { urls, move: null };
}

it.each<[string, object, StepOutput[], string[], unknown[]]>([
  [
    'by the address that a page names, whole or relative',
    { by: 'next-url', next: 'body.next', items: 'body.data' },
    [
      page({ data: [1, 2], next: 'https://api.example.com/items?after=2' }),
      page({ data: [3], next: '?after=3#x' }),
      page({ data: [4], next: null }),
    ],
    [URL, 'https://api.example.com/items?after=2', 'https://api.example.com/items?after=3'],
    [1, 2, 3, 4],
  ],
  [
    'by its Link header',
    { by: 'link-header' },
    [page([1], { link: '<https://api.example.com/items?page=2>; rel="next"' }), page([2], { link: '<x>; rel="prev"' })],
    [URL, 'https://api.example.com/items?page=2'],
    [1, 2],
  ],
  [
    'by number, until a page is empty',
    { by: 'page', parameter: 'p', first: 0 },
    [page(['a']), page(['b']), page([])],
    [`${URL}&p=0`, `${URL}&p=1`, `${URL}&p=2`],
    ['a', 'b'],
  ],
  [
    'by offset: as many as came',
    { by: 'offset' },
    [page([1, 2]), page([3]), page(null)],
    [`${URL}&offset=0`, `${URL}&offset=2`, `${URL}&offset=3`],
    [1, 2, 3],
  ],
  [
    'by offset: as many as asked for',
    { by: 'offset', parameter: 'size', size: 50 },
    [page([1, 2]), page([])],
    ['https://api.example.com/items?size=0', 'https://api.example.com/items?size=50'],
    [1, 2],
  ],
  [
    'by a cursor, its digits kept',
    { by: 'cursor', parameter: 'after', next: 'body.more ? body.last : null', items: 'body.items' },
    [
      page(parseJson('{"items":[1],"more":true,"last":9007199254740993}')),
      page({ items: [2], more: true, last: 'a b&c' }),
      page({ items: [3], more: false, last: 'z' }),
    ],
    [URL, `${URL}&after=9007199254740993`, `${URL}&after=a%20b%26c`],
    [1, 2, 3],
  ],
  [
    'until a condition over the page holds',
    { by: 'page', items: 'body.items', stopWhen: 'page >= body.pages' },
    [page({ items: [1], pages: 2 }), page({ items: [2], pages: 2 })],
    [`${URL}&page=1`, `${URL}&page=2`],
    [1, 2],
  ],
])('reads pages %s', (_how, pagination, answers, urls, items) => {
  expect(readAll(pagination, ...answers)).toMatchObject({
    urls,
    move: { kind: 'done', output: { body: items, pages: answers.length, hasMore: false } },
  });
});

it('goes on after an empty page where it should', () => {
  const pagination = { by: 'page', stopWhenEmpty: false, maxPages: 3 };
  expect(readAll(pagination, page([]), page([1]), page([])).move).toMatchObject({
    kind: 'done',
    output: { body: [1], pages: 3, hasMore: true },
  });
});

it('stops at the most pages it may read, and says that there were more', () => {
  const { urls, move } = readAll({ by: 'page', maxPages: 2 }, page([1]), page([2]));
  expect(urls).toHaveLength(2);
  expect(move).toMatchObject({ kind: 'done', output: { body: [1, 2], pages: 2, hasMore: true } });
});

it.each<[string, object, StepOutput[]]>([
  [
    'names itself',
    { by: 'cursor', next: 'body.next', items: 'body.items' },
    ['x', 'x'].map((next) => page({ next, items: [1] })),
  ],
  [
    'names an earlier one',
    { by: 'next-url', next: 'body.next', items: 'body.items' },
    ['?a', '?b', '?a'].map((next) => page({ next, items: [1] })),
  ],
])('ends with an error where a page %s as the next', (_what, pagination, answers) => {
  const { move } = readAll(pagination, ...answers);
  expect(move).toMatchObject({
    kind: 'failed',
    error: { code: 'loop', message: expect.stringContaining(`Page ${answers.length} `) },
  });
});

it.each<[string, object, StepOutput, string]>([
  ['its items are no list', { by: 'page', items: 'body.data' }, page({ data: 'x' }), 'parse'],
  ['an expression fails', { by: 'cursor', next: 'body.nope + 1' }, page([1]), 'mapping'],
  ['its items are no list at all', { by: 'page' }, page('text'), 'parse'],
])('ends with an error where %s', (_what, pagination, answer, code) => {
  expect(readAll(pagination, answer).move).toMatchObject({
    kind: 'failed',
    error: { code, message: expect.stringContaining('Page 1') },
  });
});

it('holds so much of all pages together', () => {
  const { pages } = planOf({ by: 'page' });
  const read = readOf(pages.take(pages.none, page([1]), MAX_PAGES_BYTES));
  expect(pages.take(read, page([2]), 1)).toMatchObject({ kind: 'failed', error: { code: 'limit' } });
});

it.each([
  'https://evil.example/items',
  '//evil.example',
  'http://api.example.com/',
  'https://u:p@api.example.com/',
  'javascript:1',
])('never follows to %s, where credentials could go', (next) => {
  const { pages, urlAfter } = planOf({ by: 'next-url', next: 'body.next', items: 'body.items' });
  const read = readOf(pages.take(pages.none, page({ items: [1], next }), 10));
  expect(urlAfter(read)).toMatchObject({ code: 'redirect', message: expect.stringContaining('same origin') });
});

it('comes to the same next page from the same answers', () => {
  const { pages } = planOf({ by: 'page' });
  expect(pages.take(pages.none, page([1]), 10)).toEqual(pages.take(pages.none, page([1]), 10));
  expect(pages.none).toEqual({ count: 0, items: [], bytes: 0, targets: [] });
});

it.each<[object, string]>([
  [{ by: 'cursor', next: 'trigger.data' }, '/pagination/next'],
  [{ by: 'cursor', next: '{{ body.next }}' }, '/pagination/next'],
  [{ by: 'page', items: 'body.' }, '/pagination/items'],
  [{ by: 'page', stopWhen: 'page >' }, '/pagination/stopWhen'],
])('%j cannot run', (pagination, path) => {
  const { inputSchema, check } = findAction('http', 'get')!;
  expect(check(inputSchema.parse({ url: URL, pagination })).map((fault) => fault.path)).toEqual([path]);
});

it.each([
  { by: 'pages' },
  { by: 'cursor' },
  { by: 'page', next: 'body.next' },
  { by: 'page', maxPages: 0 },
  { by: 'page', maxPages: 1_001 },
  { by: 'offset', size: 0 },
  {},
])('%j cannot be saved', (pagination) => {
  expect(findAction('http', 'get')!.inputSchema.safeParse({ url: URL, pagination }).success).toBe(false);
});

it.each(['page', 'offset'])('ends where the receiver answers every %s alike', (by) => {
  const same = Array.from({ length: 6 }, () => page([1, { a: 2 }]));
  const { urls, move } = readAll({ by }, ...same);
  expect(urls).toHaveLength(5);
  expect(move).toMatchObject({ kind: 'failed', error: { code: 'loop', message: expect.stringContaining(`"${by}"`) } });
});

it('goes on where only some pages are alike', () => {
  const { move } = readAll({ by: 'page' }, ...[1, 1, 1, 1, 2, 1, 1, 1, 1].map((item) => page([item])), page([]));
  expect(move).toMatchObject({ kind: 'done', output: { pages: 10 } });
});
