import { parseId } from '../../src/core/id.js';
import { IngestService, type DirectedEvent } from '../../src/ingest/ingest.service.js';
import { startApp, useApp } from '../support/app.js';
import { runUntilIdle, turnedOn } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('an event for one integration', () => {
  const app = useApp();
  const stub = useSharedReceiver();
  beforeAll(() => stub.always('/in', {}));
  beforeEach(() => stub.received.splice(0));

  const steps = () => [
    {
      key: 'hand_on',
      action: 'post',
      input: {
        url: `${stub.url}/in`,
        body: [
          { key: 'type', value: '{{ trigger.type }}' },
          { key: 'data', value: '{{ trigger.data }}' },
          { key: 'agent', value: '{{ trigger.headers["user-agent"] }}' },
          { key: 'method', value: '{{ trigger.method }}' },
          { key: 'tags', value: '{{ trigger.query.tag }}' },
        ],
      },
    },
  ];
  const manual = (trigger: object = {}) => turnedOn(app, steps(), { trigger: { type: 'manual', ...trigger } });
  const state = (id: string, to: 'on' | 'off') => app.call('PUT', `/api/v1/integrations/${id}/state`, { state: to });
  const event = async (id: string) => (await app.call('GET', `/api/v1/events/${id}`)).body;
  const accept = (integration: string, rest: Partial<DirectedEvent> = {}, by = app) =>
    by.program.app.get(IngestService, { strict: false }).acceptDirected({
      type: 'manual.started',
      integrationId: parseId('int', integration)!,
      source: 'manual',
      dataText: '{"n":1.0}',
      ...rest,
    });
  const request = {
    method: 'PUT',
    headers: { 'user-agent': 'curl/8' },
    query: { tag: ['a', 'b'] },
  };

  it('starts that one only, whatever its trigger listens to', async () => {
    const [one] = [await manual(), await manual(), await turnedOn(app, steps())];
    const answer = await accept(one);
    expect(answer).toEqual({
      id: expect.any(String),
      duplicate: false,
      runs: [expect.any(String)],
      held: 0,
      passedOver: null,
    });
    await runUntilIdle(app);
    expect(stub.received.map(({ body }) => JSON.parse(body.toString()))).toEqual([
      { type: 'manual.started', data: { n: 1 }, agent: null, method: null, tags: null },
    ]);
    expect(await event(answer.id)).toMatchObject({ type: 'manual.started', request: null, passedOver: [] });
  });

  it('is judged by the filter, and held or dropped while that one is Off', async () => {
    const [filtered, holds, drops] = [
      await manual({ filter: 'trigger.data.n > 1' }),
      await manual(),
      await manual({ whenOff: 'drop' }),
    ];
    await state(holds, 'off');
    await state(drops, 'off');
    expect(await accept(filtered)).toMatchObject({ runs: [], held: 0, passedOver: 'filter' });
    expect(await accept(holds)).toMatchObject({ runs: [], held: 1, passedOver: null });
    expect(await accept(drops)).toMatchObject({ runs: [], held: 0, passedOver: 'off' });
  });

  it('is on record with the reason where the integration is archived, unpublished or gone', async () => {
    const [archived, gone] = [await manual(), await manual()];
    const draft = (await app.call('POST', '/api/v1/integrations', { name: 'Draft', trigger: { type: 'manual' } })).body
      .id;
    await app.call('POST', `/api/v1/integrations/${archived}/archive`);
    await app.call('DELETE', `/api/v1/integrations/${gone}`);
    for (const [id, reason] of [
      [archived, 'archived'],
      [draft, 'not_published'],
      [gone, 'not_published'],
    ]) {
      const answer = await accept(id);
      expect(answer).toMatchObject({ runs: [], held: 0, passedOver: reason });
      expect((await event(answer.id)).passedOver).toMatchObject([{ integrationId: id, reason }]);
    }
  });

  it('is one event however often it comes with the same source and id', async () => {
    const id = await manual();
    const [first, ...again] = await Promise.all(
      Array.from({ length: 5 }, () => accept(id, { source: id, externalId: 'tick-1' })),
    );
    for (const answer of again) expect(answer).toEqual({ ...first, duplicate: true });
    await runUntilIdle(app);
    expect(stub.received).toHaveLength(1);
  });

  it('has its request in filters and mappings, and for whoever looks at it', async () => {
    const id = await manual({ filter: 'trigger.method == "PUT" && trigger.query.tag[1] == "b"' });
    const answer = await accept(id, { request });
    await runUntilIdle(app);
    expect(JSON.parse(stub.received[0].body.toString())).toMatchObject({
      agent: 'curl/8',
      method: 'PUT',
      tags: ['a', 'b'],
    });
    expect(await event(answer.id)).toMatchObject({ request });
  });

  it('has its request also where another process runs it', async () => {
    const door = await startApp({ databaseUrl: app.database.url, env: { HOOKLINE_ROLE: 'api' } });
    try {
      await accept(await manual(), { request }, door);
    } finally {
      await door.stop();
    }
    await runUntilIdle(app);
    expect(JSON.parse(stub.received[0].body.toString())).toMatchObject({
      agent: 'curl/8',
      method: 'PUT',
      tags: ['a', 'b'],
    });
  });
});
