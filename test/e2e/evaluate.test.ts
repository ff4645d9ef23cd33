import { useApp } from '../support/app.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

const EVALUATE = '/api/v1/evaluate';

/** Written as text, because some of its numbers have more digits than JavaScript keeps. */
const DATA =
  '{"name":"Ada \\"L\\"","price":12.50,"id":12345678901234567890,"due":null,"ok":false,"tags":["a","b"],"deep":{"größe":1,"a key":[{"x":1.0}]},"path":"a/b c"}';

const VALUES = [
  '{{ trigger.data.name }}',
  'Hello {{ trigger.data.name }}, {{ trigger.data.price }} / {{trigger.data.due}}',
  '{{ trigger.data.price }}',
  '{{ trigger.data.id }}',
  '{{ trigger.data.price * 2 }}',
  '{{ trigger.data.due }}',
  '{{ trigger.data.nowhere.at.all }}',
  '{{ trigger.data.ok }}',
  '{{ trigger.data.tags }}',
  '{{ trigger.data.tags[1] }} of {{ trigger.data.tags }}',
  '{{ trigger.data.deep.größe }}',
  '{{ trigger.data.deep["a key"] }}',
  '{{ trigger.data.tags.map(t, t + "!") }}',
  '{{ has(trigger.data.gone) ? trigger.data.gone : "none" }}',
  '{{ {"a": trigger.data.name, "b": "}}"} }}',
  '{{ "{{" }} is written so',
  '{{ trigger.type }} {{ trigger.subject }}',
  '{{ integration.name }}',
  '{{ steps.first.body.n }} {{ steps.first.status }} {{ steps.first.headers["content-type"] }}',
  ' spaces stay ',
  '',
];

const pair = (value: string, index: number) => ({ key: `v${index}`, value });

describe('working out expressions on a sample', () => {
  const app = useApp();
  const stub = useSharedReceiver();

  const evaluate = (expressions: unknown[], rest: object = { event: { data: {} } }) =>
    app.call('POST', EVALUATE, { expressions, ...rest });
  /** The answer's text: parsed, its numbers would lose digits. */
  const textOf = async (body: string) => {
    const response = await fetch(app.url + EVALUATE, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.adminKey}`, 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(200);
    return response.text();
  };

  it('gives exactly what a run then sends', async () => {
    stub.always('/first', { status: 200, body: { n: 7 } });
    stub.script('/second/a%2Fb%20c', { status: 200 });
    const id = await turnedOn(app, [
      { key: 'first', action: 'get', input: { url: `${stub.url}/first` } },
      {
        key: 'second',
        action: 'post',
        if: 'trigger.data.price > 12',
        input: {
          url: `${stub.url}/second/{{ trigger.data.path }}?q={{ trigger.data.name }}`,
          headers: [{ key: 'X-Total', value: '{{ trigger.data.price }} EUR' }],
          body: VALUES.map(pair),
        },
      },
    ]);
    const event = await app.call(
      'POST',
      '/api/v1/events',
      `{"type":"project.task.completed","subject":"task/1","data":${DATA}}`,
    );
    const run = await finishedRun(app, event.body.runs[0]);
    expect(run.status).toBe('succeeded');
    const sent = stub.received[1];

    const { request } = run.steps[1].attempts[0];
    const tested = await app.call('POST', `/api/v1/integrations/${id}/steps/first/test`, { event: { data: {} } });
    const asked = [
      ...VALUES.map((value) => ({ as: 'value', value })),
      { as: 'url', value: `${stub.url}/second/{{ trigger.data.path }}?q={{ trigger.data.name }}` },
      { as: 'text', value: '{{ trigger.data.price }} EUR' },
      { as: 'condition', value: 'trigger.data.price > 12' },
    ];
    const steps = { first: tested.body.output };
    expect(sent.headers['x-total']).toBe('12.50 EUR');
    const byEvent = await textOf(
      JSON.stringify({ expressions: asked, eventId: event.body.id, integrationId: id, steps }),
    );
    const values = VALUES.map((_, index) => sent.body.slice(...placeOf(sent.body, index)));
    expect(byEvent).toContain(`"values":[${values.join()},"${request.url}","12.50 EUR",true]`);
    expect(JSON.parse(byEvent).errors.every((error: unknown) => error === null)).toBe(true);

    const byData = await textOf(
      `{"expressions":${JSON.stringify(asked)},"integrationId":"${id}","steps":${JSON.stringify(steps)},` +
        `"event":{"type":"project.task.completed","subject":"task/1","data":${DATA}}}`,
    );
    expect(byData).toBe(byEvent);
  });

  /** Where the value of the key `v<index>` lies in a body of our own making. */
  const placeOf = (body: string, index: number): [number, number] => {
    const from = body.indexOf(`"v${index}":`) + `"v${index}":`.length;
    const next = body.indexOf(`,"v${index + 1}":`, from);
    return [from, next < 0 ? body.length - 1 : next];
  };

  it('works out on the data of a run what that run sent', async () => {
    stub.always('/rate', { status: 200, body: { rate: 1.5 } });
    stub.script('/order', { status: 200 });
    const eventType = 'project.task.created';
    const steps = [
      { key: 'rate', action: 'get', input: { url: `${stub.url}/rate` } },
      { key: 'order', action: 'post', input: { url: `${stub.url}/order`, body: VALUES.slice(0, 2).map(pair) } },
    ];
    const id = await turnedOn(app, steps, { trigger: { type: 'event', eventType } });
    const { body: event } = await send(app, { name: 'Chair', price: 12 }, { type: eventType });
    const run = await finishedRun(app, event.runs[0]);
    const asked = ['{{ trigger.data.name }}', '{{ steps.rate.body.rate }}', '{{ run.number }}', '{{ integration.id }}'];
    const { status, body } = await evaluate(asked, { runId: run.id });
    expect([status, body.values]).toEqual([200, ['Chair', 1.5, run.number, id]]);
  });

  it.each([
    [{ runId: 'run_01jd8t4w9kaaaaaaaaaaaaaaaa' }, 404, 'not_found'],
    [{ runId: 'evt_1' }, 404, 'not_found'],
    [{ runId: 'run_01jd8t4w9kaaaaaaaaaaaaaaaa', event: { data: {} } }, 422, 'invalid_request'],
    [{ runId: 'run_01jd8t4w9kaaaaaaaaaaaaaaaa', steps: { a: { status: 200 } } }, 422, 'invalid_request'],
  ])('refuses %j', async (sample, status, code) => {
    const answer = await evaluate(['{{ trigger.id }}'], sample);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('says the type of each value', async () => {
    const { body } = await evaluate(['"a"', '1', 'true', 'null', '[1]', '{"a": 1}', '{{ trigger.data.raw }}'], {
      event: { data: { raw: 1.5 } },
    });
    expect(body.types).toEqual(['string', 'number', 'boolean', 'null', 'list', 'object', 'number']);
  });

  it('reads a text with braces as a value, one without as an expression, and the rest as it is told', async () => {
    const { body } = await evaluate(
      [
        'n: {{ trigger.data.n }}',
        'trigger.data.n + 1',
        { as: 'value', value: 'trigger.data.n + 1' },
        { as: 'value', value: { list: ['{{ trigger.data.n }}', 'x'] } },
        { as: 'expression', value: 'trigger.data.n == 1' },
        { as: 'text', value: '{{ trigger.data.n }}' },
        { as: 'json', value: '{"n": {{ trigger.data.n }}, "s": "{{ trigger.data.n }}!"}' },
        { as: 'url', value: 'https://example.com/{{ trigger.data.s }}' },
      ],
      { event: { data: { n: 1, s: 'a/b' } } },
    );
    expect(body.errors).toEqual(Array(8).fill(null));
    expect(body.values).toEqual([
      'n: 1',
      2,
      'trigger.data.n + 1',
      { list: [1, 'x'] },
      true,
      '1',
      { n: 1, s: '1!' },
      'https://example.com/a%2Fb',
    ]);
  });

  it('gives each expression an error of its own, and the others their values', async () => {
    const { status, body } = await evaluate([
      '{{ trigger.data.gone + 1 }}',
      '{{ trigger. }}',
      '{{ open',
      { as: 'condition', value: '1' },
      { as: 'url', value: 'ftp://example.com' },
      { as: 'json', value: '{"a": ' },
      { as: 'value', value: ['{{ nobody }}'] },
      '',
      '{{ 1 }}',
    ]);
    expect(status).toBe(200);
    expect(body.values).toEqual([...Array(8).fill(null), 1]);
    expect(body.errors.map((error: any) => error?.code ?? null)).toEqual([
      'mapping',
      'expression',
      'expression',
      'mapping',
      'invalid_url',
      'invalid_json',
      'expression',
      'expression',
      null,
    ]);
    expect(body.errors[0].message).toContain('No such key: gone');
  });

  it('does no more work for all of them than for one request of a step', async () => {
    const heavy = '{{ trigger.data.map(a, a + 1) }}';
    const { body } = await evaluate(Array(100).fill(heavy), { event: { data: Array(10_000).fill(1) } });
    const codes = body.errors.map((error: any) => error?.code);
    expect(codes.at(-1)).toBe('mapping');
    expect(body.errors.at(-1).message).toContain('too much work');
  });

  it('shows no value that is too large, and says of what type it is', async () => {
    const { body } = await evaluate(['{{ trigger.data.big }}', '{{ trigger.data.big.size() }}'], {
      event: { data: { big: 'x'.repeat(100_000) } },
    });
    expect(body).toMatchObject({ values: [null, 100_000], types: ['string', 'number'] });
    expect(body.errors[0].code).toBe('too_large');
  });

  it('answers with a megabyte at most', async () => {
    const text = await textOf(
      JSON.stringify({
        expressions: Array(500).fill('{{ trigger.data }}'),
        event: { data: 'x'.repeat(60_000) },
      }),
    );
    expect(text.length).toBeLessThan(1.2 * 1024 * 1024);
  });

  it.each([
    ['no expressions', { expressions: [] }, 422],
    ['too many', { expressions: Array(501).fill('1') }, 422],
    ['two samples', { expressions: ['1'], event: { data: 1 }, eventId: 'evt_1' }, 422],
    ['a sample that is not there', { expressions: ['1'], eventId: 'evt_01jd8t4vz2e5qbv8x3k9m7n6p5' }, 404],
    ['an integration that is not there', { expressions: ['1'], integrationId: 'int_1' }, 404],
    ['an unknown reading', { expressions: [{ as: 'html', value: '1' }] }, 422],
  ])('refuses %s', async (_what, body, status) => {
    expect((await app.call('POST', EVALUATE, body)).status).toBe(status);
  });

  it('shows what later steps read of a tested step', async () => {
    stub.script('/xml', { status: 200, headers: { 'content-type': 'application/xml' }, body: '<a><b>1</b></a>' });
    const { body: made } = await app.call('POST', '/api/v1/integrations', {
      name: 'Tested',
      trigger: { type: 'manual' },
      steps: [{ key: 'a', action: 'get', input: { url: `${stub.url}/xml` } }],
    });
    const { body } = await app.call('POST', `/api/v1/integrations/${made.id}/steps/a/test`, { event: { data: {} } });
    expect(body).toMatchObject({
      outcome: 'succeeded',
      output: { status: 200, body: { a: { b: expect.anything() } } },
    });
    const { body: read } = await evaluate(['steps.a.body.a.b'], { steps: { a: body.output } });
    expect(read.errors).toEqual([null]);
  });
});
