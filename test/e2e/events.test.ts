import { useApp } from '../support/app.js';
import { finishedRun, runUntilIdle, send, turnedOn } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('events', () => {
  const app = useApp();
  const stub = useSharedReceiver();
  let integration: string;

  beforeAll(async () => {
    stub.always('/in', { body: { ok: true } });
    integration = await turnedOn(app, [
      {
        key: 'hand_on',
        action: 'post',
        input: { url: `${stub.url}/in`, body: [{ key: 'data', value: '{{ trigger.data }}' }] },
      },
    ]);
  });
  beforeEach(async () => {
    await runUntilIdle(app);
    stub.received.splice(0);
  });

  it('start the same integration once, however often they are sent', async () => {
    const first = await send(app, { n: 1 }, { source: 'crm', id: 'once' });
    const again = await send(app, { n: 1 }, { source: 'crm', id: 'once' });
    expect(first.status).toBe(202);
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ ...first.body, duplicate: true });
    await runUntilIdle(app);
    expect(stub.on('/in')).toHaveLength(1);
  });

  it('sent twice at the same moment are one event', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(app, { n: 2 }, { source: 'crm', id: 'at-once' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 202]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await runUntilIdle(app);
    expect(stub.on('/in')).toHaveLength(1);
  });

  it('with a known id and other content are refused with 409', async () => {
    await send(app, { n: 3 }, { source: 'crm', id: 'conflict' });
    const other = await send(app, { n: 4 }, { source: 'crm', id: 'conflict' });
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ code: 'event_conflict', errors: [{ path: '/id' }] });
    const otherSource = await send(app, { n: 4 }, { source: 'erp', id: 'conflict' });
    expect(otherSource.status).toBe(202);
  });

  it('are the same event when only the spelling or the time differs', async () => {
    const type = 'project.task.completed';
    const first = await app.call('POST', '/api/v1/events', `{"type":"${type}","id":"spelling","data":{"a":1.0,"b":2}}`);
    const again = await app.call(
      'POST',
      '/api/v1/events',
      `{"time":"2026-01-01T00:00:00Z","data":{"b":2,"a":1},"id":"spelling","type":"${type}"}`,
    );
    expect([first.status, again.status]).toEqual([202, 200]);
  });

  it('reach the receiver with every digit and in their own order', async () => {
    const data = '{"zeta":12345678901234567890,"alpha":1.10,"big":1e400,"text":"\\u0000 \\ud800"}';
    const { body } = await app.call('POST', '/api/v1/events', `{"type":"project.task.completed","data":${data}}`);
    await finishedRun(app, body.runs[0]);
    expect(stub.on('/in')[0].body).toBe(`{"data":${data}}`);
  });

  it('are kept as they were received', async () => {
    const { body } = await send(app, { a: [1, { b: null }] }, { source: 's', subject: 'task/42', id: 'kept' });
    const event = await app.call('GET', `/api/v1/events/${body.id}`);
    expect(event.body).toMatchObject({
      id: body.id,
      type: 'project.task.completed',
      source: 's',
      subject: 'task/42',
      externalId: 'kept',
      data: { a: [1, { b: null }] },
      runs: body.runs,
      held: 0,
    });
  });

  it('of an unknown type are refused with the names that come near', async () => {
    const { status, body } = await app.call('POST', '/api/v1/events', { type: 'project.task.complete', data: {} });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'unknown_event_type', errors: [{ path: '/type' }] });
    expect(body.detail).toContain('project.task.completed');
  });

  it('of unknown types in a batch: the first twenty are told the names that come near', async () => {
    const events = Array.from({ length: 1_000 }, () => ({ type: 'project.task.complted', data: {} }));
    const { status, body } = await app.call('POST', '/api/v1/events/batch', { events });
    expect([status, body.rejected]).toEqual([207, 1_000]);
    const hinted = body.results.filter(({ error }: any) =>
      error.errors[0].message.includes('did you mean project.task.'),
    );
    expect(hinted.map(({ index }: any) => index)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it('that only the engine makes are refused', async () => {
    const { status, body } = await app.call('POST', '/api/v1/events', { type: 'schedule.fired', data: {} });
    expect([status, body.code]).toEqual([422, 'unknown_event_type']);
  });

  it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+05:00', '9999-12-31T23:59:59-05:00'])(
    'at %s, which is no time in UTC that can be stored, are refused and keep no other of their batch out',
    async (time) => {
      const type = 'project.task.completed';
      const refused = await send(app, {}, { time });
      expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path: '/time' }]]);
      const events = [
        { type, data: {} },
        { type, data: {}, time },
      ];
      const batch = await app.call('POST', '/api/v1/events/batch', { events });
      expect(batch).toMatchObject({ status: 207, body: { accepted: 1, rejected: 1 } });
      const cloud = { specversion: '1.0', id: '1', source: 's', type, time };
      const headers = { 'content-type': 'application/cloudevents+json' };
      expect((await app.call('POST', '/api/v1/events', cloud, headers)).body.code).toBe('invalid_cloudevent');
    },
  );

  it.each([`hook/int_${'0'.repeat(26)}`, `schedule/int_${'0'.repeat(26)}`])(
    'cannot take an id of %s beforehand, which would keep the engine from its own event',
    async (source) => {
      const { status, body } = await send(app, {}, { source, id: '2027-01-01T00:00:00.000Z' });
      expect([status, body.errors]).toMatchObject([422, [{ path: '/source' }]]);
    },
  );

  it('with more than 1 MiB of data are refused with 413', async () => {
    const { status, body } = await send(app, 'x'.repeat(1024 * 1024));
    expect([status, body.code, body.errors[0].path]).toEqual([413, 'too_large', '/data']);
  });

  it('nobody listens to are kept, and start nothing', async () => {
    const { status, body } = await app.call('POST', '/api/v1/events', { type: 'kapp.form.created', data: null });
    expect(status).toBe(202);
    expect(body).toMatchObject({ runs: [], held: 0 });
  });

  it('come in batches, each judged for itself', async () => {
    await send(app, { n: 5 }, { source: 'batch', id: 'known' });
    const { status, body } = await app.call('POST', '/api/v1/events/batch', {
      events: [
        { type: 'project.task.completed', data: { n: 6 }, source: 'batch', id: 'new' },
        { type: 'project.task.completed', data: { n: 5 }, source: 'batch', id: 'known' },
        { type: 'no.such.type', data: {} },
        { type: 'project.task.completed' },
        { type: 'project.task.completed', data: { n: 7 }, source: 'batch', id: 'known' },
        'rubbish',
      ],
    });
    expect(status).toBe(207);
    expect(body).toMatchObject({ accepted: 1, duplicates: 1, rejected: 4 });
    expect(body.results.map((result: any) => result.status)).toEqual([
      'accepted',
      'duplicate',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(body.results[2].error).toMatchObject({ code: 'unknown_event_type', errors: [{ path: '/events/2/type' }] });
    expect(body.results[3].error).toMatchObject({ errors: [{ path: '/events/3/data' }] });
    expect(body.results[4].error.code).toBe('event_conflict');
  });

  it('come in batches of a thousand, answered 202 when all are in', async () => {
    const events = Array.from({ length: 1000 }, (_, n) => ({ type: 'project.task.completed', data: { n } }));
    const { status, body } = await app.call('POST', '/api/v1/events/batch', { events });
    expect([status, body.accepted]).toEqual([202, 1000]);
    await runUntilIdle(app);
    const seen = stub.on('/in').map(({ body }) => JSON.parse(body).data.n as number);
    expect(seen.sort((a, b) => a - b)).toEqual(events.map(({ data }) => data.n));
  });

  it('are listed newest first, page by page, by type, source, subject, time and text', async () => {
    await send(app, { needle: 'in-a-haystack' }, { source: 'list', subject: 'one' });
    await send(app, {}, { source: 'list', subject: 'two' });
    const first = await app.call('GET', '/api/v1/events?source=list&limit=1');
    expect(first.body.data.map((event: any) => event.subject)).toEqual(['two']);
    const second = await app.call('GET', `/api/v1/events?source=list&limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ data: [{ subject: 'one' }], nextCursor: null });
    expect(second.body.data[0]).not.toHaveProperty('data');
    const found = await app.call('GET', '/api/v1/events?q=in-a-hay');
    expect(found.body.data.map((event: any) => event.subject)).toEqual(['one']);
    const future = await app.call('GET', '/api/v1/events?from=2099-01-01T00:00:00Z');
    expect(future.body.data).toEqual([]);
    const none = await app.call('GET', '/api/v1/events?source=list&type=hookline.welcome');
    expect(none.body.data).toEqual([]);
  });

  it('start nothing after the integration was turned Off, and are held', async () => {
    await app.call('PUT', `/api/v1/integrations/${integration}/state`, { state: 'off' });
    const { body } = await send(app, { n: 8 });
    expect(body).toMatchObject({ runs: [], held: 1 });
    await runUntilIdle(app);
    expect(stub.received).toEqual([]);
    const read = await app.call('GET', `/api/v1/integrations/${integration}`);
    expect(read.body.heldCount).toBe(1);

    const on = await app.call('PUT', `/api/v1/integrations/${integration}/state`, { state: 'on', held: 'run' });
    expect(on.body).toMatchObject({ state: 'on', released: 1, discarded: 0, kept: 0 });
    await runUntilIdle(app);
    expect(stub.on('/in').map(({ body }) => body)).toEqual(['{"data":{"n":8}}']);
  });
});
