import type { Answer } from '../support/administrator.js';
import { startApp, type TestApp, useApp } from '../support/app.js';

const ORDER = {
  name: 'crm.order.paid',
  schema: {
    type: 'object',
    required: ['orderId'],
    properties: { orderId: { type: 'string' }, total: { type: 'number', minimum: 0 } },
  },
  sample: { orderId: 'A-1', total: 12.5 },
};

describe('event types', () => {
  const env = { HOOKLINE_ROLE: 'api' };
  const app = useApp({ env });
  /** Another process on the same database. */
  let other: TestApp;

  beforeAll(async () => {
    other = await startApp({ databaseUrl: app.database.url, env });
  });
  afterAll(() => other?.stop());

  const make = (body: object) => app.call('POST', '/api/v1/event-types', { ...ORDER, ...body });
  const patch = (name: string, body: object) => app.call('PATCH', `/api/v1/event-types/${name}`, body);
  const remove = (name: string) => app.call('DELETE', `/api/v1/event-types/${name}`);
  const send = (to: TestApp, type: string, data: unknown) => to.call('POST', '/api/v1/events', { type, data });
  const draft = (eventType: string | string[], name = 'Listener') =>
    app.call('POST', '/api/v1/integrations', {
      name,
      trigger: { type: 'event', eventType },
      steps: [{ key: 'call', action: 'get', input: { url: 'https://example.com' } }],
    });
  const told = ({ status, body }: Answer) => [status, body.code, body.errors?.map((each: any) => each.path)];

  it('come with a schema and a sample; those of spaces also with their tree', async () => {
    const { body } = await app.call('GET', '/api/v1/event-types/space.user.created');
    expect(body).toMatchObject({
      name: 'space.user.created',
      connector: 'space',
      title: 'User created',
      validation: 'warn',
      builtin: true,
      schema: { type: 'object', required: ['user'] },
      sample: { user: { username: 'maya.fernandez@example.com' } },
      actionTitle: 'Users Created',
      treeGroup: 'Users',
      treeName: 'Created',
    });
  });

  it('are listed once each, page by page, the built-in ones first', async () => {
    for (const name of ['zoo.animal.fed', 'abc.def']) expect((await make({ name })).status).toBe(201);
    const names: string[] = [];
    let cursor = '';
    do {
      const { body } = await other.call('GET', `/api/v1/event-types?limit=7${cursor}`);
      names.push(...body.data.map(({ name }: { name: string }) => name));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(names).toEqual([...new Set(names)]);
    expect(names[0]).toBe('project.task.created');
    expect(names.slice(-2)).toEqual(['abc.def', 'zoo.animal.fed']);
  });

  it('of one’s own are shown with their connector, and can be listened to and sent at once through every process', async () => {
    const made = await make({ connector: 'crm' });
    expect([made.status, made.body.title, made.body.validation]).toEqual([201, 'Crm order paid', 'warn']);

    expect((await send(other, ORDER.name, { orderId: 'A-2' })).status).toBe(202);
    const { body } = await other.call('GET', '/api/v1/connectors?limit=250');
    expect(body.data.find(({ key }: { key: string }) => key === 'crm')).toEqual({
      key: 'crm',
      title: 'Crm',
      triggers: [{ eventType: ORDER.name, title: 'Crm order paid' }],
      actions: [],
    });
    const unknown = await send(other, 'crm.order.payed', {});
    expect(told(unknown)).toEqual([422, 'unknown_event_type', ['/type']]);
    expect(unknown.body.detail).toContain('crm.order.paid');
  });

  it('cannot be deleted while an integration listens, drawn or published', async () => {
    await make({ name: 'crm.order.lost' });
    const { body } = await draft(['project.task.created', 'crm.order.lost'], 'Lost orders');
    const refused = await remove('crm.order.lost');
    expect(told(refused)).toEqual([409, 'event_type_in_use', []]);
    expect(refused.body.detail).toContain('"Lost orders"');

    expect((await app.call('PUT', `/api/v1/integrations/${body.id}/state`, { state: 'on' })).status).toBe(200);
    const trigger = { type: 'event', eventType: 'project.task.created' };
    await app.call('PATCH', `/api/v1/integrations/${body.id}`, { trigger }, { 'if-match': '"1"' });
    expect((await remove('crm.order.lost')).status).toBe(409);
    expect((await app.call('POST', `/api/v1/integrations/${body.id}/publish`, { note: '' })).status).toBe(200);
    expect((await remove('crm.order.lost')).status).toBe(204);
    expect((await send(other, 'crm.order.lost', {})).status).toBe(422);
  });

  it('keep an integration from being published where one does not exist', async () => {
    const { body } = await draft('crm.order.payd');
    const answer = await app.call('POST', `/api/v1/integrations/${body.id}/publish`, { note: '' });
    expect(told(answer)).toEqual([422, 'invalid_definition', ['/trigger/eventType']]);
    expect(answer.body.detail).toContain('crm.order.paid');
  });

  it('judge data by their validation, from the answer to the change on, in every process', async () => {
    await make({ name: 'shop.sold' });
    const bad = { total: -1 };
    const warned = await send(other, 'shop.sold', bad);
    expect(warned.status).toBe(202);
    const { body } = await app.call('GET', `/api/v1/events/${warned.body.id}`);
    expect(body.schemaFaults).toEqual([
      { path: '/orderId', code: 'required', message: 'Missing.' },
      { path: '/total', code: 'minimum', message: 'Must be >= 0.' },
    ]);

    await patch('shop.sold', { validation: 'enforce' });
    const refused = await send(other, 'shop.sold', bad);
    expect(told(refused)).toEqual([422, 'schema_mismatch', ['/data/orderId', '/data/total']]);
    const batch = await other.call('POST', '/api/v1/events/batch', {
      events: [
        { type: 'shop.sold', data: ORDER.sample },
        { type: 'shop.sold', data: bad },
      ],
    });
    expect([batch.status, batch.body.accepted, batch.body.rejected]).toEqual([207, 1, 1]);
    expect(batch.body.results[1].error.errors[0].path).toBe('/events/1/data/orderId');

    await patch('shop.sold', { validation: 'off' });
    const unjudged = await send(other, 'shop.sold', bad);
    expect((await app.call('GET', `/api/v1/events/${unjudged.body.id}`)).body.schemaFaults).toEqual([]);
  });

  it('that are built in change only how they judge', async () => {
    expect(told(await patch('project.task.deleted', { title: 'Gone', validation: 'enforce' }))).toEqual([
      409,
      'builtin_event_type',
      ['/title'],
    ]);
    expect((await patch('project.task.deleted', { validation: 'enforce' })).body.validation).toBe('enforce');
    expect((await send(other, 'project.task.deleted', {})).status).toBe(422);
    expect((await patch('project.task.deleted', { validation: 'warn' })).status).toBe(200);
    expect((await remove('project.task.deleted')).body.code).toBe('builtin_event_type');
  });

  it.each<[string, object, unknown[]]>([
    ['the name of another one', {}, [409, 'name_taken', ['/name']]],
    ['a name without a dot', { name: 'order' }, [422, 'invalid_request', ['/name']]],
    ['a name of the built-in ones', { name: 'project.task.created' }, [422, 'invalid_request', ['/name']]],
    ['a name that a later release may take', { name: 'Workflow.paused' }, [422, 'invalid_request', ['/name']]],
    ['a built-in connector', { name: 'a.b', connector: 'project' }, [422, 'invalid_request', ['/connector']]],
    ['no sample', { name: 'a.b', sample: undefined }, [422, 'invalid_request', ['/sample']]],
    [
      'a sample against the schema',
      { name: 'a.b', sample: { orderId: 1 } },
      [422, 'invalid_sample', ['/sample/orderId']],
    ],
    ['a schema that is none', { name: 'a.b', schema: { type: 1 } }, [422, 'invalid_schema', ['/schema/type']]],
    [
      'a schema from elsewhere',
      { name: 'a.b', schema: { $ref: 'https://example.com/s' } },
      [422, 'invalid_schema', ['/schema/$ref']],
    ],
  ])('cannot be made with %s', async (_name, body, [status, code, paths]) => {
    const answer = await make(body);
    expect([answer.status, answer.body.code, [answer.body.errors[0].path]]).toEqual([status, code, paths]);
  });

  it('can be changed and read back through another process', async () => {
    await make({ name: 'shop.opened' });
    const schema = { type: 'object', required: ['shop'] };
    expect((await patch('shop.opened', { schema })).body.code).toBe('invalid_sample');
    await patch('shop.opened', { schema, sample: { shop: 1 }, title: 'Open', description: 'A shop.' });
    expect((await other.call('GET', '/api/v1/event-types/shop.opened')).body).toMatchObject({
      title: 'Open',
      description: 'A shop.',
      schema,
      sample: { shop: 1 },
      connector: 'custom',
      builtin: false,
    });
    expect((await patch('shop.none', { title: 'x' })).status).toBe(404);
  });
});
