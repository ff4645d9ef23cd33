import fc from 'fast-check';
import type { OpenApi } from '../../src/platform/api/openapi/document.js';
import { startApp, type TestApp } from '../support/app.js';
import { type ApiCall, callsOf, filledPath, readDocument, sampleOf } from '../support/openapi-calls.js';

/** Change it to look elsewhere: `HOOKLINE_FUZZ_SEED=7 npm run test:only -- test/e2e/fuzz`. */
const SEED = Number(process.env.HOOKLINE_FUZZ_SEED ?? 20261122);
/** Mutated bodies or queries for each route. */
const CASES = Number(process.env.HOOKLINE_FUZZ_CASES ?? 60);

/** Stands for a JSON token that `JSON.stringify` cannot write. */
const RAW = (token: string): string => `@raw:${token}@`;
const written = (value: unknown): string => (JSON.stringify(value) ?? '').replace(/"@raw:([^@]*)@"/g, '$1');

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

const NAUGHTY: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  RAW('1e400'),
  RAW('-0'),
  RAW('12345678901234567890123'),
  RAW(`1${'0'.repeat(5_000)}`),
  RAW('{"__proto__":{"admin":true}}'),
  RAW('{"constructor":{"prototype":{"admin":true}}}'),
  RAW('"\\ud800"'),
  RAW('"\\u0000"'),
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u200b\ufeff',
  '👩‍👩‍👧‍👦'.repeat(30),
  'x'.repeat(100_000),
  '__proto__',
  'constructor',
  'toString',
  '{{',
  '}}',
  '{{ trigger.data.a.b.c }}',
  `{{ ${'('.repeat(500)} }}`,
  '{{ [1,2].map(a, [1,2].map(b, [1,2].map(c, a + b + c))) }}',
  '{{ "a".matches("(a+)+$") }}',
  "' or 1=1 --",
  '../../../../etc/passwd',
  '%00%0d%0a',
  'a\r\nX-Injected: 1',
  'javascript:alert(1)',
  'http://[::1',
  '2026-13-45T99:99:99Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999+23:59',
  'int_00000000000000000000000000',
  'run_7zzzzzzzzzzzzzzzzzzzzzzzzz',
  [],
  {},
  [[]],
  [null],
  { a: 1 },
  nested(63),
  Array.from({ length: 2_000 }, (_, n) => n),
];

const STEP = {
  key: 'call',
  name: 'Call',
  kind: 'action',
  connector: 'http',
  action: 'custom',
  connectionId: null,
  input: {
    url: 'http://127.0.0.1:1/{{ trigger.data.a }}',
    method: 'PATCH',
    bodyType: 'json',
    query: [{ key: 'lang', value: '{{ trigger.data.a }}', whenMissing: 'default', default: 1 }],
    headers: [{ key: 'X-Task', value: '{{ trigger.id }}' }],
    body: [{ key: 'name', value: { deep: ['{{ trigger.data.a }}'] }, whenMissing: 'omit' }],
    omitNulls: false,
    queryArrays: 'repeat',
    redirects: 0,
    success: { statuses: ['2xx'], when: 'response.status < 300' },
  },
  timeoutMs: 1_000,
  retry: { attempts: 2, backoff: 'fixed', firstDelayMs: 1_000, maxDelayMs: 1_000, on: ['network', '5xx'] },
  onError: 'stop',
  errorSteps: [],
  idempotencyKey: true,
  if: 'trigger.data.a == 1',
};
const TRIGGER = {
  type: 'event',
  eventType: ['project.task.completed'],
  filter: 'trigger.data.a == 1',
  whenOff: 'hold',
  orderingKey: null,
};
const EVENT = {
  type: 'project.task.completed',
  source: 'fuzz',
  id: 'one',
  subject: 'task/1',
  time: '2026-11-22T03:47:15.120Z',
  orderingKey: 'a',
  data: { a: 1, list: [1, { b: null }] },
};
const EVENT_TYPE = {
  name: 'fuzz.type',
  connector: 'fuzz',
  title: 'Fuzz',
  description: '',
  schema: {
    type: 'object',
    required: ['a'],
    properties: { a: { type: ['integer', 'null'], minimum: 0 }, b: { $ref: '#/$defs/b' } },
    patternProperties: { '^x-[a-z]+$': { format: 'date' } },
    unevaluatedProperties: false,
    $defs: { b: { anyOf: [{ const: null }, { items: { pattern: '^(a+)+$' }, uniqueItems: true }] } },
  },
  sample: { a: 1, b: ['aa', 'a'] },
  validation: 'enforce',
};

const SUBSCRIPTION = {
  webhookUrl: 'https://127.0.0.1:1/',
  webhookHttpMethod: 'GET',
  events: ['credits_low'],
  workflowId: 'a',
};
const WEBHOOK = { type: 'Form', event: 'Created', filter: 'true', url: '/fuzzed/tree' };

/** Bodies that are let in where the document alone cannot say what would be: the deeper a mutation gets, the better. */
const GOOD: Record<string, unknown> = {
  'POST /v4/webhook-subscriptions': SUBSCRIPTION,
  'PATCH /v4/webhook-subscriptions/{id}': { ...SUBSCRIPTION, enabled: false },
  'POST /v4/webhook-subscriptions/{id}/test': { eventType: 'credits_low' },
  'POST /app/api/v1/webhooks': { name: 'a', ...WEBHOOK },
  'PUT /app/api/v1/webhooks/{name}': WEBHOOK,
  'POST /app/api/v1/kapps/{kappSlug}/webhooks': { name: 'a', ...WEBHOOK },
  'PUT /app/api/v1/kapps/{kappSlug}/webhooks/{name}': WEBHOOK,
  'PUT /app/api/v1/webhookJobs/{id}': { status: 'queued', url: 'http://127.0.0.1:1/' },
  'POST /api/v1/api-keys': { name: 'a', role: 'viewer', expiresAt: '2199-01-01T00:00:00Z' },
  'POST /api/v1/auth/sign-in': { key: `hl_${'test'.repeat(10)}` },
  'POST /api/v1/connectors/http/curl': { command: `curl -XPOST 'https://a.b/' -H 'a: b' --data-raw $'{"a":1}'` },
  'POST /api/v1/connectors/http/openapi': {
    document: '{"openapi":"3.1.0","paths":{"/a/{b}":{"post":{"parameters":[{"name":"b","in":"path"}]}}}}',
    operation: 'POST /a/{b}',
    server: 'https://a.b',
  },
  'POST /api/v1/developer/instance-callbacks/test': { event: 'created' },
  'POST /api/v1/connections': {
    name: 'a',
    allowedHosts: ['*.example.com:8443'],
    auth: { type: 'api-key', name: 'X-Key', value: 'b', in: 'header' },
  },
  'PATCH /api/v1/connections/{id}': { name: 'b', allowedHosts: [], auth: { type: 'bearer', token: 'a' } },
  'POST /api/v1/connections/{id}/test': { url: 'http://127.0.0.1:1/' },
  'POST /api/v1/evaluate': {
    expressions: [
      '{{ trigger.data.a }} and {{ trigger.data.list }}',
      'trigger.data.a + 1',
      { as: 'value', value: { deep: ['{{ trigger.data.a }}'] } },
      { as: 'json', value: '{"a": {{ trigger.data.a }}}' },
      { as: 'url', value: 'http://127.0.0.1:1/{{ trigger.data.a }}' },
      { as: 'condition', value: 'trigger.data.a == 1' },
    ],
    event: { data: EVENT.data },
    steps: { a: { status: 200, body: [1, { b: null }] } },
  },
  'POST /api/v1/event-types': EVENT_TYPE,
  'PATCH /api/v1/event-types/{name}': { ...EVENT_TYPE, name: undefined },
  'POST /api/v1/events': EVENT,
  'POST /api/v1/events/batch': { events: [EVENT, { ...EVENT, id: 'two' }] },
  'POST /api/v1/integrations': { name: 'a', description: 'b', trigger: TRIGGER, steps: [STEP] },
  'PATCH /api/v1/integrations/{id}': { name: 'a', description: 'b', trigger: TRIGGER, steps: [STEP] },
  'POST /api/v1/events/{id}/replay': {},
  'POST /api/v1/integrations/{id}/backfill': {
    filter: { type: 'project.task.completed', from: '2026-11-22T03:47:15Z', q: 'a' },
    includeRun: true,
    ratePerSecond: 5,
    dryRun: true,
  },
  'POST /api/v1/runs/replay': {
    filter: { status: ['failed'], errorCode: 'http_5xx', to: '2026-11-22T03:47:15Z', test: false },
    from: 'failed',
    version: 'current',
    dryRun: true,
  },
  'POST /api/v1/integrations/{id}/test': { event: { data: EVENT.data, type: 'made.up', subject: null } },
  'POST /api/v1/integrations/{id}/steps/{key}/test': { event: { ...EVENT, id: 'evt' }, steps: {}, preview: true },
};

const CURSORS = [null, 1, -1, 1e308, 'x', '', '00000000-0000-7000-8000-000000000000', ['a', 'b'], { id: 1 }].map(
  (value) => Buffer.from(JSON.stringify(value)).toString('base64url'),
);

const naughty = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NAUGHTY) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
);

/** What is done to a valid body: one or two of its places get something else, or members come and go. */
const mutation = fc.record({
  place: fc.nat(),
  value: naughty,
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'whole'),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

function mutated(body: unknown, { place, value, how }: Mutation): unknown {
  if (how === 'whole') return value;
  const copy = structuredClone(body);
  const places = placesIn(copy);
  if (places.length === 0) return value;
  const { holder, key } = places[place % places.length];
  if (how === 'remove') delete holder[key];
  else if (how === 'add') holder[`${key}${Array.isArray(holder) ? '' : 'Extra'}`] = value;
  else holder[key] = value;
  return copy;
}

type Holder = Record<string, unknown>;

function placesIn(value: unknown): { holder: Holder; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

describe('naughty input', () => {
  let app: TestApp;
  let document: OpenApi;
  let calls: ApiCall[];
  /** Things that exist, so that a call gets further than "not found". */
  let ids: Record<string, string>;
  const failures: string[] = [];

  beforeAll(async () => {
    app = await startApp({ env: { HOOKLINE_ROLE: 'api' } });
    document = await readDocument(app.url);
    calls = callsOf(document).filter(({ path }) => !path.startsWith('/api/docs'));
    ids = await things();
  });
  afterAll(() => app.stop());

  let last = 'none';
  async function things(): Promise<Record<string, string>> {
    const step = {
      key: 'call',
      name: 'Call',
      connector: 'http',
      action: 'post',
      input: { url: 'http://127.0.0.1:1/' },
    };
    const draft = { name: 'fuzzed', trigger: { type: 'event', eventType: 'project.task.completed' }, steps: [step] };
    const made = await app.call('POST', '/api/v1/integrations', draft);
    const id = (made.body as { id: string }).id;
    // It keeps the hook URL that it had for a moment, so that one can be replaced.
    for (const [revision, trigger] of [{ type: 'webhook' }, draft.trigger].entries()) {
      await app.call('PATCH', `/api/v1/integrations/${id}`, { trigger }, { 'if-match': `"${revision + 1}"` });
    }
    await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'on' });
    const event = await app.call('POST', '/api/v1/events', { type: 'project.task.completed', data: { a: 1 } });
    const { id: eventId, runs } = event.body as { id: string; runs: string[] };
    await app.call('POST', `/api/v1/runs/${runs[0]}/cancel`); // one that is over can be replayed
    const webhook = { ...WEBHOOK, name: `w${eventId}` };
    await app.call('POST', '/app/api/v1/webhooks', webhook);
    await app.call('POST', '/app/api/v1/kapps/k/webhooks', webhook);
    const fired = await app.call('POST', '/api/v1/events', { type: 'kapp.form.created', data: {} });
    for (const run of (fired.body as { runs: string[] }).runs) await app.call('POST', `/api/v1/runs/${run}/cancel`);
    const jobs = await app.call('GET', `/app/api/v1/webhookJobs?webhook=${webhook.name}&limit=1`);
    const job = (jobs.body as { webhookJobs: { id: string }[] }).webhookJobs[0].id;
    await app.call('DELETE', `/app/api/v1/webhooks/${last}`);
    await app.call('DELETE', `/app/api/v1/kapps/k/webhooks/${last}`);
    last = webhook.name;
    const subscription = await app.call('POST', '/v4/webhook-subscriptions', SUBSCRIPTION);
    const connection = await app.call('POST', '/api/v1/connections', GOOD['POST /api/v1/connections']);
    await app.call('POST', '/api/v1/event-types', { ...EVENT_TYPE, name: 'fuzzed.type' });
    return {
      int: id,
      evt: eventId,
      run: runs[0],
      con: (connection.body as { id: string }).id,
      job,
      name: last,
      sub: (subscription.body as { id: string }).id,
    };
  }

  const revision = async (path: string) => (await app.call('GET', path)).headers.get('etag') ?? '"1"';

  /** With ids of things that exist where a call only reads or edits, and with nobody's where it destroys. */
  function pathOf(call: ApiCall): string {
    if (call.method === 'DELETE') return filledPath(call);
    const kind = /connections/.test(call.path)
      ? 'con'
      : /integrations/.test(call.path)
        ? 'int'
        : /events/.test(call.path)
          ? 'evt'
          : 'run';
    const known: Record<string, string> = { key: 'call', n: '1', kappSlug: 'k', name: 'fuzzed.type' };
    if (/webhooks/.test(call.path)) known.name = ids.name;
    if (/webhookJobs/.test(call.path)) known.id = ids.job;
    if (/webhook-subscriptions/.test(call.path)) known.id = ids.sub;
    if (ids[kind] && /\/(connections|integrations|events|runs)\/\{id\}/.test(call.path)) known.id = ids[kind];
    return filledPath(call, known);
  }

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
      ids = await things();
      const headers: Record<string, string> =
        call.method === 'PATCH' ? { 'if-match': await revision(pathOf(call)) } : {};
      const { status, body } = await app.call(call.method, pathOf(call), sampleBody(call), headers);
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
      for (const [what, init] of frames) await send(call, pathOf(call), init, what);
    }
    settle();
  });

  it('in the body is refused with a problem that points at it', async () => {
    for (const call of withBody()) {
      const body = sampleBody(call);
      ids = await things();
      for (const value of NAUGHTY) await send(call, pathOf(call), json(written(value)), written(value));
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 2 }), async (mutations) => {
          const text = written(mutations.reduce(mutated, body));
          await send(call, pathOf(call), json(text), text);
        }),
        { seed: SEED, numRuns: CASES, endOnFailure: true },
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
      for (const query of queries) await send(call, `${pathOf(call)}?${query}`, init, `?${query}`);
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
        for (const text of texts) {
          const known: Record<string, string> = name === 'id' ? {} : { id: ids.int };
          const init = call.operation.requestBody === undefined ? {} : json('{}');
          await send(call, filledPath(call, { ...known, [name]: text }), init, text);
        }
      }
    }
    settle();
  });

  it('leaves the program in good health', async () => {
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });
});
