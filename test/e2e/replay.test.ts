import { useApp } from '../support/app.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';
import { useReceiver } from '../support/stub-receiver.js';

describe('replaying a run', () => {
  const app = useApp();
  const stub = useReceiver();
  afterEach(() => app.deleteIntegrations());

  const replay = (run: string, body: object) => app.call('POST', `/api/v1/runs/${run}/replay`, body);
  const replayed = async (run: string, body: object) => {
    const answer = await replay(run, body);
    expect(answer).toMatchObject({ status: 202 });
    return finishedRun(app, answer.body.runId);
  };
  const step = (key: string, value = '{{ trigger.data.n }}') => ({
    key,
    action: 'post',
    retry: { attempts: 1 },
    input: { url: `${stub.url}/${key}`, body: [{ key: 'v', value }] },
  });
  const chain = () => [step('a'), step('b', '{{ steps.a.body.token }}'), step('c', '{{ steps.b.body.token }}')];
  /** A run whose step b failed. */
  const failedRun = async () => {
    stub.script('/a', { body: { token: 'from-a' } });
    stub.script('/b', { status: 500 }, { body: { token: 'from-b' } });
    const integration = await turnedOn(app, chain());
    const { body } = await send(app, { n: 1 });
    const run = await finishedRun(app, body.runs[0]);
    expect(run.status).toBe('failed');
    return { integration, run, event: body.id as string };
  };
  const edit = async (id: string, patch: object) => {
    const { headers } = await app.call('GET', `/api/v1/integrations/${id}`);
    const edited = await app.call('PATCH', `/api/v1/integrations/${id}`, patch, { 'if-match': headers.get('etag')! });
    expect(edited.status).toBe(200);
  };

  it('goes on at the failed step with the results before it, under the same idempotency keys', async () => {
    const { run } = await failedRun();
    stub.script('/c', { status: 500 }, { status: 200 });
    const second = await replayed(run.id, { from: 'failed' });
    expect(second).toMatchObject({
      replayOf: run.id,
      status: 'failed',
      eventId: run.eventId,
      steps: [
        { key: 'a', status: 'succeeded', takenOver: true, output: { status: 200 }, attempts: [] },
        { key: 'b', status: 'succeeded', takenOver: false, attempts: [{ number: 1 }] },
        { key: 'c', status: 'failed', takenOver: false },
      ],
    });
    // What was taken over once is taken over again.
    const third = await replayed(second.id, { from: 'failed' });
    expect(third).toMatchObject({
      status: 'succeeded',
      steps: [{ takenOver: true }, { takenOver: true }, { takenOver: false, status: 'succeeded' }],
    });
    expect(stub.on('/a')).toHaveLength(1);
    expect(stub.on('/b').map(({ body }) => body)).toEqual(['{"v":"from-a"}', '{"v":"from-a"}']);
    expect(stub.on('/c').map(({ body }) => body)).toEqual(['{"v":"from-b"}', '{"v":"from-b"}']);
    expect(stub.on('/b').map(({ headers }) => headers['idempotency-key'])).toEqual([`${run.id}:b`, `${run.id}:b`]);
    const { body: har } = await app.call('GET', `/api/v1/runs/${third.id}/har`);
    expect(har.log.entries).toHaveLength(1);
    const { body: list } = await app.call('GET', `/api/v1/runs?eventId=${run.eventId}`);
    expect(list.data.map(({ id }: { id: string }) => id)).toEqual([third.id, second.id, run.id]);
  });

  it('starts over with keys of its own', async () => {
    const { run } = await failedRun();
    stub.script('/a', { body: { token: 'again' } });
    stub.script('/c', { status: 200 });
    const second = await replayed(run.id, { from: 'start' });
    expect(second.status).toBe('succeeded');
    expect(stub.on('/a').map(({ headers }) => headers['idempotency-key'])).toEqual([`${run.id}:a`, `${second.id}:a`]);
  });

  it('runs with other data and leaves what was received as it was', async () => {
    const { run, event } = await failedRun();
    stub.script('/a', { body: { token: 'again' } });
    stub.script('/c', { status: 200 });
    const text = '{"from":"start","data":{"n":12345678901234567890.10}}';
    const answer = await app.call('POST', `/api/v1/runs/${run.id}/replay`, text);
    const second = await finishedRun(app, answer.body.runId);
    expect(second.status).toBe('succeeded');
    expect(stub.on('/a')[1].body).toBe('{"v":12345678901234567890.10}');
    expect((await app.call('GET', `/api/v1/events/${event}`)).body.data).toEqual({ n: 1 });
    expect((await app.call('GET', `/api/v1/events/${second.eventId}`)).body).toMatchObject({
      type: 'project.task.completed',
      editedFrom: event,
      runs: [second.id],
    });
  });

  it('runs the version of now, or the draft as a test', async () => {
    const { integration, run } = await failedRun();
    await edit(integration, { steps: [step('a'), step('d', '{{ steps.a.body.token }}'), step('b')] });
    stub.script('/d', { status: 200 }, { status: 200 });
    stub.script('/b', { status: 200 }, { status: 200 });
    const draft = await replayed(run.id, { from: 'failed', version: 'draft' });
    expect(draft).toMatchObject({ status: 'succeeded', version: null, test: true });
    await app.call('POST', `/api/v1/integrations/${integration}/publish`, {});
    const current = await replayed(run.id, { from: 'failed', version: 'current' });
    expect(current).toMatchObject({
      status: 'succeeded',
      version: 2,
      test: false,
      steps: [{ key: 'a', takenOver: true }, { key: 'd', takenOver: false }, { key: 'b' }],
    });
    expect(stub.on('/d').map(({ body }) => body)).toEqual(['{"v":"from-a"}', '{"v":"from-a"}']);
    stub.script('/b');
  });

  it('says why it cannot', async () => {
    const { integration, run } = await failedRun();
    stub.script('/b');
    expect(await replay(run.id, { from: 'c' })).toMatchObject({ status: 409, body: { code: 'step_not_reached' } });
    expect(await replay(run.id, { from: 'x' })).toMatchObject({
      status: 422,
      body: { code: 'unknown_step', errors: [{ path: '/from' }] },
    });
    await edit(integration, { steps: [{ ...step('a'), input: { url: '' } }] });
    expect(await replay(run.id, { version: 'draft' })).toMatchObject({
      status: 422,
      body: { code: 'invalid_definition' },
    });
    const data = 'x'.repeat(1024 * 1024);
    expect((await replay(run.id, { data })).status).toBe(413);
    await app.call('DELETE', `/api/v1/integrations/${integration}`);
    expect(await replay(run.id, { version: 'current' })).toMatchObject({
      status: 409,
      body: { code: 'integration_deleted' },
    });
    stub.script('/b', { status: 200 });
    stub.script('/c', { status: 200 });
    const original = await replayed(run.id, { from: 'failed', version: 'original' });
    expect(original.status).toBe('succeeded');
    expect(await replay(original.id, { from: 'failed' })).toMatchObject({
      status: 409,
      body: { code: 'nothing_failed' },
    });
  });

  it('waits for the end of the run', async () => {
    const id = await turnedOn(app, chain());
    await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off' });
    await send(app, {});
    const { body } = await app.call('GET', `/api/v1/runs?integrationId=${id}`);
    expect(await replay(body.data[0].id, {})).toMatchObject({ status: 409, body: { code: 'run_not_over' } });
  });

  it('starts a run by hand, of any trigger, unless it is Off', async () => {
    stub.script('/a', { status: 200 });
    const id = await turnedOn(app, [step('a')], {
      trigger: { type: 'event', eventType: 'project.task.completed', filter: 'false' },
    });
    const { status, body } = await app.call('POST', `/api/v1/integrations/${id}/runs`, '{"data":{"n":7.0}}');
    expect(status).toBe(202);
    const run = await finishedRun(app, body.runId);
    expect(run).toMatchObject({ status: 'succeeded', eventType: 'manual.started', test: false, version: 1 });
    expect(stub.on('/a')[0].body).toBe('{"v":7.0}');
    await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off' });
    const refused = (detail: string) => ({ status: 409, body: { code: 'integration_off', detail } });
    const start = (which: string) => app.call('POST', `/api/v1/integrations/${which}/runs`);
    expect(await start(id)).toMatchObject(refused('"Test" is Off: turn it On first.'));
    const { body: copy } = await app.call('POST', `/api/v1/integrations/${id}/duplicate`);
    expect(await start(copy.id)).toMatchObject(refused('"Copy of Test" is Off: turn it On first.'));
    await app.call('POST', `/api/v1/integrations/${id}/archive`);
    expect(await start(id)).toMatchObject(refused('"Test" is archived: unarchive it, then turn it On.'));
  });

  it('runs the draft as a test, on a sample or on an event of the log', async () => {
    stub.script('/a', { status: 200 }, { status: 200 });
    const made = await app.call('POST', '/api/v1/integrations', {
      name: 'Draft',
      trigger: { type: 'event', eventType: 'project.task.completed' },
      steps: [step('a')],
    });
    const test = (body: object) => app.call('POST', `/api/v1/integrations/${made.body.id}/test`, body);
    const sample = await test({ event: { data: { n: 1 } } });
    expect(await finishedRun(app, sample.body.runId)).toMatchObject({ status: 'succeeded', test: true, version: null });
    const { body: event } = await send(app, { n: 2 });
    const stored = await test({ eventId: event.id });
    expect(await finishedRun(app, stored.body.runId)).toMatchObject({ status: 'succeeded', eventId: event.id });
    expect(stub.on('/a').map(({ body }) => body)).toEqual(['{"v":1}', '{"v":2}']);
    expect((await test({})).status).toBe(422);
    expect((await test({ eventId: 'evt_00000000000000000000000000' })).status).toBe(404);
  });
});
