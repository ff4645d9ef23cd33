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
/** With a schema that has everything in it that a schema may have. */
export const EVENT_TYPE = {
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

/** To one of the events that take no other filter. */
export const SUBSCRIPTION = {
  webhookUrl: 'https://127.0.0.1:1/',
  webhookHttpMethod: 'GET',
  events: ['credits_low'],
  workflowId: 'a',
};
/** Without its name. */
export const WEBHOOK = { type: 'Form', event: 'Created', filter: 'true', url: '/fuzzed/tree' };

/** Bodies that are let in where the document alone cannot say what would be: the deeper a mutation gets, the better. */
export const GOOD: Record<string, unknown> = {
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
