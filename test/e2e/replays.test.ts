import { parseId } from '../../src/core/id.js';
import { ReplayWorker } from '../../src/ingest/replays/replay-worker.js';
import { startApp, useApp } from '../support/app.js';
import { finishedRun, runUntilIdle, send, turnedOn } from '../support/engine.js';
import { until } from '../support/until.js';
import { useReceiver } from '../support/stub-receiver.js';

describe('repeating many', () => {
  const app = useApp();
  const stub = useReceiver();
  let query: (sql: string, values?: unknown[]) => Promise<any[]>;

  beforeAll(async () => {
    const { source } = app.database;
    query = (sql, values) => source.query(sql, values);
  });
  afterEach(() => app.deleteIntegrations());

  const worker = (of = app) => of.program.app.get(ReplayWorker, { strict: false });
  const post = (path: string, body: object = {}) => app.call('POST', `/api/v1${path}`, body);
  const progress = async (id: string) => (await app.call('GET', `/api/v1/replays/${id}`)).body;
  /** Works on a job until it is over, its rate's clock set forward every time. */
  const workedOff = async (id: string) => {
    for (let rounds = 0; rounds < 100; rounds++) {
      await query(`update replays set worked_at = now() - interval '1 hour'`);
      await worker().work();
      const job = await progress(id);
      if (job.state !== 'running') return job;
    }
    throw new Error('The replay does not end.');
  };
  const step = (key: string) => ({
    key,
    action: 'post',
    retry: { attempts: 1 },
    input: { url: `${stub.url}/${key}`, body: [{ key: 'n', value: '{{ trigger.data.n }}' }] },
  });
  const sent = (key: string) => stub.on(`/${key}`).map(({ body }) => JSON.parse(body).n as number);
  const failedRuns = async (count: number) => {
    stub.always('/a', { status: 500 });
    const integration = await turnedOn(app, [step('a')]);
    const runs: string[] = [];
    for (let n = 0; n < count; n++) {
      const { body } = await send(app, { n });
      runs.push(body.runs[0]);
      await finishedRun(app, body.runs[0]);
    }
    stub.always('/a', { status: 200 });
    stub.received.length = 0;
    return { integration, runs };
  };

  it('takes every failed run once, in order, and leaves out what is repaired already', async () => {
    const { integration, runs } = await failedRuns(7);
    const repaired = await post(`/runs/${runs[3]}/replay`, { from: 'failed' });
    await finishedRun(app, repaired.body.runId);
    stub.received.length = 0;

    const filter = { integrationId: integration };
    expect((await post('/runs/replay', { filter, dryRun: true })).body).toEqual({ id: null, matched: 6 });
    const all = { filter, dryRun: true, includeRepaired: true };
    expect((await post('/runs/replay', all)).body).toEqual({ id: null, matched: 7 });

    const { status, body } = await post('/runs/replay', { filter, ratePerSecond: 2 });
    expect({ status, matched: body.matched }).toEqual({ status: 202, matched: 6 });
    const job = await workedOff(body.id);
    expect(job).toMatchObject({ kind: 'runs', state: 'done', made: 6, skipped: 0, integrationId: integration });
    await runUntilIdle(app);
    expect(sent('a')).toEqual([0, 1, 2, 4, 5, 6]);
    expect((await post('/runs/replay', { filter, dryRun: true })).body.matched).toBe(0);
    expect((await app.call('GET', '/api/v1/replays?limit=1')).body.data[0].id).toBe(body.id);
  });

  it('obeys its rate and stops when it is told to', async () => {
    const { integration } = await failedRuns(4);
    const { body } = await post('/runs/replay', { filter: { integrationId: integration }, ratePerSecond: 0.1 });
    for (let round = 0; round < 3; round++) await worker().work();
    expect((await progress(body.id)).made).toBeLessThanOrEqual(1);
    const stopped = await app.call('DELETE', `/api/v1/replays/${body.id}`);
    expect(stopped.body.state).toBe('canceled');
    await query(`update replays set worked_at = now() - interval '1 hour'`);
    await worker().work();
    expect((await progress(body.id)).made).toBe(stopped.body.made);
    expect((await app.call('GET', '/api/v1/replays/rpl_00000000000000000000000000')).status).toBe(404);
  });

  it('doubles nothing when two processes work on it at once', async () => {
    const { integration } = await failedRuns(6);
    const other = await startApp({ databaseUrl: app.database.url });
    try {
      const { body } = await post('/runs/replay', { filter: { integrationId: integration }, ratePerSecond: 2 });
      for (let round = 0; round < 8; round++) {
        await query(`update replays set worked_at = now() - interval '1 hour'`);
        await Promise.all([worker().work(), worker(other).work()]);
      }
      expect(await progress(body.id)).toMatchObject({ state: 'done', made: 6 });
      await runUntilIdle(app);
      await runUntilIdle(other);
      expect(sent('a').sort()).toEqual([0, 1, 2, 3, 4, 5]);
    } finally {
      await other.stop();
    }
  });

  it('doubles nothing when two jobs over the same runs are worked on at once', async () => {
    const { integration } = await failedRuns(3);
    const jobs = [1, 2].map(() => post('/runs/replay', { filter: { integrationId: integration } }));
    for (const { status } of await Promise.all(jobs)) expect(status).toBe(202);
    await query(`update replays set worked_at = now() - interval '1 hour'`);
    // Nobody can make a run until both have begun.
    const holder = await app.database.connect('holder');
    await holder.query('begin; lock table runs in share mode');
    const rounds = [worker().work(), worker().work()];
    await until('both wait', async () => {
      const [{ waiting }] = await query(
        `select count(*)::int waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
         and (query like '-- Runs of events%' or query like '%pg_advisory_xact_lock(9, 1)%')`,
      );
      return waiting === 2;
    });
    await holder.query('commit');
    await holder.end();
    await Promise.all(rounds);
    const [{ made }] = await query(`select sum(made)::int made from replays where integration_id = $1`, [
      parseId('int', integration),
    ]);
    expect(made).toBe(3);
  });

  it('skips what cannot be repeated and says why', async () => {
    const { integration } = await failedRuns(2);
    const { body } = await post('/runs/replay', { filter: { integrationId: integration }, from: 'zzz' });
    const job = await workedOff(body.id);
    expect(job).toMatchObject({ state: 'done', made: 0, skipped: 2 });
    expect(job.lastSkip).toContain('no step "zzz"');
  });

  it('runs an integration over the events before it was there, each once, as its condition says', async () => {
    const trigger = { type: 'event', eventType: 'project.task.completed', filter: 'trigger.data.n != 2' };
    const since = new Date().toISOString();
    for (let n = 0; n < 5; n++) await send(app, { n });
    stub.always('/b', { status: 200 });
    const id = await turnedOn(app, [step('b')], { trigger });
    const { body: event } = await send(app, { n: 5 });
    await finishedRun(app, event.runs[0]);
    stub.received.length = 0;

    const filter = { from: since };
    const { body } = await post(`/integrations/${id}/backfill`, { filter });
    expect(body.matched).toBe(5);
    expect(await workedOff(body.id)).toMatchObject({ kind: 'events', state: 'done', made: 4, skipped: 1 });
    await runUntilIdle(app);
    expect(sent('b')).toEqual([0, 1, 3, 4]);
    const again = { filter, dryRun: true };
    expect((await post(`/integrations/${id}/backfill`, again)).body.matched).toBe(1);
    expect((await post(`/integrations/${id}/backfill`, { ...again, includeRun: true })).body.matched).toBe(6);
    await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off' });
    expect(await post(`/integrations/${id}/backfill`, again)).toMatchObject({ status: 409 });
  });

  it('runs one event again, for all that listen to it or for one', async () => {
    stub.always('/a', { status: 200 });
    stub.always('/b', { status: 200 });
    const first = await turnedOn(app, [step('a')]);
    const { body: event } = await send(app, { n: 1 });
    await finishedRun(app, event.runs[0]);
    const second = await turnedOn(app, [step('b')], {
      trigger: { type: 'event', eventType: 'project.task.completed', filter: 'trigger.data.n > 1' },
    });
    const all = await post(`/events/${event.id}/replay`);
    expect(all.status).toBe(202);
    expect(await finishedRun(app, all.body.runIds[0])).toMatchObject({
      integrationId: first,
      replayOf: event.runs[0],
      eventId: event.id,
    });
    expect(all.body.runIds).toHaveLength(1);
    const one = await post(`/events/${event.id}/replay`, { integrationId: second });
    expect(await finishedRun(app, one.body.runIds[0])).toMatchObject({ integrationId: second, replayOf: null });
    const { body: list } = await app.call('GET', `/api/v1/runs?eventId=${event.id}`);
    expect(list.data).toHaveLength(3);
    await app.call('PUT', `/api/v1/integrations/${second}/state`, { state: 'off' });
    expect(await post(`/events/${event.id}/replay`, { integrationId: second })).toMatchObject({
      status: 409,
      body: { code: 'integration_off' },
    });
  });
});
