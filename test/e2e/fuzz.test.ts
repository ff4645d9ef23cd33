import fc from 'fast-check';
import type { OpenApi } from '../../src/platform/api/openapi/document.js';
import { useApp } from '../support/app.js';
import { FuzzedThings } from '../support/fuzzed-things.js';
import { GOOD } from '../support/good-bodies.js';
import { CURSORS, mutated, mutation, NAUGHTY, written } from '../support/naughty-input.js';
import { type ApiCall, callsOf, filledPath, readDocument, sampleOf } from '../support/openapi-calls.js';

/** Change it to look elsewhere: `HOOKLINE_FUZZ_SEED=7 npm run test:only -- test/e2e/fuzz`. */
const SEED = Number(process.env.HOOKLINE_FUZZ_SEED ?? 20261122);
/** Mutated bodies or queries for each route. */
const CASES = Number(process.env.HOOKLINE_FUZZ_CASES ?? 60);
/** One after the other, a quarter of the time went by in waiting for the database. */
const AT_ONCE = 8;

describe('naughty input', () => {
  const app = useApp({ env: { HOOKLINE_ROLE: 'api' } });
  let document: OpenApi;
  let calls: ApiCall[];
  let things: FuzzedThings;
  const failures: string[] = [];

  beforeAll(async () => {
    document = await readDocument(app.url);
    calls = callsOf(document).filter(({ path }) => !path.startsWith('/api/docs'));
    things = await FuzzedThings.make(app);
  });

  const revision = async (path: string) => (await app.call('GET', path)).headers.get('etag') ?? '"1"';

  /** Sends it, and notes what no answer may be: a 5xx, or a refusal that is no proper problem. */
  async function send(call: ApiCall, path: string, init: RequestInit, what: string): Promise<void> {
    const ifMatch = call.method === 'PATCH' ? { 'if-match': await revision(path) } : {};
    const headers = { authorization: `Bearer ${app.adminKey}`, ...ifMatch, ...(init.headers as object) };
    const response = await fetch(app.url + path, { method: call.method, ...init, headers });
    // A stream goes on until somebody hangs up.
    const isStream = response.headers.get('content-type') === 'text/event-stream';
    const text = isStream ? (await response.body!.cancel(), '') : await response.text();
    const complain = (why: string) =>
      failures.push(`${call.name}: ${why} for ${what.slice(0, 300)}: ${text.slice(0, 300)}`);
    if (response.status >= 500) return void complain(`answers ${response.status}`);
    if (response.status < 400) return;
    if (isPage(call, response)) return; // for people: nobody else comes there
    if (response.headers.get('content-type') !== 'application/problem+json') return void complain('is no problem+json');
    const problem = JSON.parse(text) as { status: number; code: string; detail: string; errors: { path: unknown }[] };
    if (problem.status !== response.status || !/^[a-z][a-z0-9_]*$/.test(problem.code)) complain('has no code');
    if (problem.detail === '' || !Array.isArray(problem.errors)) complain('says nothing');
    const points = problem.errors.every(({ path: at }) => typeof at === 'string' && /^(\/|$)/.test(at));
    if (!points || (response.status === 422 && problem.errors.length === 0)) complain('points nowhere');
  }

  /** Several at once; edits one by one, because each needs the revision that the one before has left. */
  async function sendAll(call: ApiCall, all: [path: string, init: RequestInit, what: string][]): Promise<void> {
    const atOnce = call.method === 'PATCH' ? 1 : AT_ONCE;
    for (let from = 0; from < all.length; from += atOnce) {
      await Promise.all(all.slice(from, from + atOnce).map((each) => send(call, ...each)));
    }
  }

  const isPage = ({ operation }: ApiCall, { status, headers }: Response): boolean => {
    const { content } = (operation.responses[status] ?? {}) as { content?: object };
    return content !== undefined && 'text/html' in content && /^text\/html/.test(headers.get('content-type') ?? '');
  };

  const settle = () => {
    const found = failures.splice(0);
    expect([...new Set(found)].slice(0, 10)).toEqual([]);
  };

  const json = (body: RequestInit['body'], headers: Record<string, string> = {}): RequestInit => ({
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });

  const withBody = () =>
    calls.filter(({ operation }) => operation.requestBody?.content['application/json'] !== undefined);
  const sampleBody = ({ name, operation }: ApiCall): unknown =>
    GOOD[name] ?? sampleOf(operation.requestBody!.content['application/json'].schema, document.components.schemas);

  it('is what the samples are not: they are let in', async () => {
    for (const call of withBody()) {
      await things.renew();
      const headers: Record<string, string> =
        call.method === 'PATCH' ? { 'if-match': await revision(things.pathOf(call)) } : {};
      const { status, body } = await app.call(call.method, things.pathOf(call), sampleBody(call), headers);
      expect({ call: call.name, status: status < 300 ? 'let in' : (body as unknown) }).toEqual({
        call: call.name,
        status: 'let in',
      });
    }
  }, 120_000);

  it('in the frame of a body is refused with a problem', async () => {
    const frames: [string, RequestInit][] = [
      ['an empty body', json('')],
      ['white space', json(' \n')],
      ['malformed JSON', json('{"a":')],
      ['two values', json('{} {}')],
      ['single quotes', json("{'a':1}")],
      ['65 levels', json('['.repeat(65) + ']'.repeat(65))],
      ['100,000 levels', json('{"a":'.repeat(100_000))],
      ['a scalar', json('1')],
      ['null', json('null')],
      ['a list', json('[]')],
      ['__proto__', json('{"__proto__":{"admin":true}}')],
      ['an escaped __proto__', json('{"\\u005f\\u005fproto__":{"admin":true}}')],
      ['invalid UTF-8', json(new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]))],
      ['UTF-16', json(Buffer.from('{"a":1}', 'utf16le'))],
      ['a byte order mark', json('\ufeff{"a":1}')],
      ['gzip', json('{}', { 'content-encoding': 'gzip' })],
      ['text', { body: '{}', headers: { 'content-type': 'text/plain' } }],
      ['a form', { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
      ['multipart', { body: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
      ['a broken content type', { body: '{}', headers: { 'content-type': ';;;' } }],
      ['no content type', { body: new Uint8Array([0x7b, 0x7d]) }],
      ['a strange charset', json('{}', { 'content-type': 'application/json; charset=koi8-r' })],
      ['a bad If-Match', json('{}', { 'if-match': 'W/"x", *' })],
    ];
    for (const call of calls.filter(({ method }) => method !== 'GET')) {
      await sendAll(
        call,
        frames.map(([what, init]) => [things.pathOf(call), init, what]),
      );
    }
    settle();
  });

  it('in the body is refused with a problem that points at it', async () => {
    for (const call of withBody()) {
      const body = sampleBody(call);
      await things.renew();
      const mutations = fc.sample(fc.array(mutation, { minLength: 1, maxLength: 2 }), { seed: SEED, numRuns: CASES });
      const texts = [...NAUGHTY, ...mutations.map((each) => each.reduce(mutated, body))].map(written);
      await sendAll(
        call,
        texts.map((text) => [things.pathOf(call), json(text), text]),
      );
    }
    settle();
  }, 120_000);

  it('in the query is refused with a problem', async () => {
    const texts = NAUGHTY.filter((value): value is string => typeof value === 'string' && value.length < 5_000);
    for (const call of calls) {
      const names = (call.operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name);
      const queries = [
        'unknown=1',
        '__proto__=1',
        '__proto__[a]=1',
        'constructor.prototype=1',
        '%zz=%zz',
        '&&&===',
        'a'.repeat(4_000),
        ...names.flatMap((name) => [
          `${name}=1&${name}=2`,
          `${name}[]=1`,
          `${name}`,
          `${name}=%`,
          `${name}=%c3%28`,
          `${name}=%00`,
          `${name}=1e9`,
          `${name}=-1`,
          `${name}=99999999999999999999`,
          `${name}=NaN`,
          ...CURSORS.map((cursor) => `${name}=${cursor}`),
          ...texts.map((text) => `${name}=${encodeURIComponent(text.toWellFormed())}`),
        ]),
      ];
      const init = call.operation.requestBody === undefined ? {} : json('{}');
      await sendAll(
        call,
        queries.map((query) => [`${things.pathOf(call)}?${query}`, init, `?${query}`]),
      );
    }
    settle();
  });

  it('in the path is refused with a problem', async () => {
    const texts = [
      ...['x', '%00', '%zz', '%c3%28', '%2e%2e%2f', '%2F', '..;', ' ', '%20', '-1', '1e9', '99999999999999999999'],
      ...['__proto__', 'constructor', 'null', "'", '%F0%9F%91%A9', 'x'.repeat(300), 'x'.repeat(5_000)],
      ...['int', 'run', 'evt', 'key'].flatMap((prefix) => [
        `${prefix}_`,
        `${prefix}_8zzzzzzzzzzzzzzzzzzzzzzzzz`,
        `${prefix}_7zzzzzzzzzzzzzzzzzzzzzzzzz`,
        `${prefix}_00000000000000000000000000`,
        `${prefix.toUpperCase()}_00000000000000000000000000`,
        `${prefix}_0000000000000000000000000u`,
        `${prefix}_00000000000000000000000000%00`,
      ]),
    ];
    for (const call of calls) {
      const names = [...call.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const name of names) {
        const known: Record<string, string> = name === 'id' ? {} : { id: things.ids.int };
        const init = call.operation.requestBody === undefined ? {} : json('{}');
        await sendAll(
          call,
          texts.map((text) => [filledPath(call, { ...known, [name]: text }), init, text]),
        );
      }
    }
    settle();
  });

  it('leaves the program in good health', async () => {
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });
});
