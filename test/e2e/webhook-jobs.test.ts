import { parseId } from '../../src/core/id.js';
import type { RunnableStep } from '../../src/runner/compiled-definitions.js';
import { TreeStarts } from '../../src/runner/tree-starts.js';
import type { ClaimedRun } from '../../src/runs/claimed-run.js';
import { startApp, useApp } from '../support/app.js';
import { finishedRun, runUntilIdle } from '../support/engine.js';
import { PlatformWebhooks, BASE } from '../support/platform-webhooks.js';
import { useReceiver } from '../support/stub-receiver.js';
import { until } from '../support/until.js';

describe('platform webhooks', () => {
  const app = useApp();
  const stub = useReceiver();
  const webhooks = new PlatformWebhooks(app);
  afterEach(() => webhooks.clear());

  it('starts the integration at a tree path, and the job names the run', async () => {
    const tree = await app.call('POST', '/api/v1/integrations', {
      name: 'Team updated',
      trigger: { type: 'manual', path: 'Teams :: Updated' },
      steps: [
        {
          key: 'a',
          action: 'post',
          input: { url: `${stub.url}/tree`, body: [{ key: 't', value: '{{ trigger.data.team.name }}' }] },
        },
      ],
    });
    expect(tree.status).toBe(201);
    await app.call('PUT', `/api/v1/integrations/${tree.body.id}/state`, { state: 'on' });
    stub.script('/tree', { status: 200 });
    await webhooks.make({ name: 'teams', type: 'Team', event: 'Updated', url: '/Teams/Updated' });
    const { body } = await webhooks.happened('space.team.updated', { team: { name: 'Ops' } });
    expect(body.runs).toHaveLength(1);
    await finishedRun(app, body.runs[0]);
    await runUntilIdle(app);
    const job = await webhooks.newest();
    expect(job).toMatchObject({ status: 'Complete', summary: '200 OK', url: '/Teams/Updated' });
    const runId = String(job.runNumber);
    expect(JSON.parse(job.responseContent)).toEqual({
      messageType: 'success',
      message: `Initiated run #${runId}.`,
      runId,
    });
    const { body: runs } = await app.call('GET', `/api/v1/runs?integrationId=${tree.body.id}`);
    expect(runs.data).toMatchObject([{ number: job.runNumber, status: 'succeeded' }]);
    expect(stub.on('/tree').map((call) => call.body)).toEqual(['{"t":"Ops"}']);
  });

  it('fails a job whose tree is missing and names it; retried after the tree exists it is complete', async () => {
    await webhooks.make({
      name: 'teams',
      type: 'Team',
      event: 'Updated',
      url: '/kinetic-task/app/api/v1/run-tree/Kinetic%20CE/Teams/Updated',
    });
    const { body } = await webhooks.happened('space.team.updated', { team: { name: 'Ops' } });
    await finishedRun(app, body.runs[0]);
    const failed = await webhooks.newest();
    expect(failed).toMatchObject({
      status: 'Failed',
      summary: 'Missing tree: Teams :: Updated',
      responseContent: null,
    });
    const { body: tree } = await app.call('POST', '/api/v1/integrations', {
      name: 'Team updated',
      trigger: { type: 'manual', path: 'Teams :: Updated' },
      steps: [{ key: 'a', action: 'get', input: { url: `${stub.url}/tree` } }],
    });
    stub.script('/tree', { status: 200 });
    await app.call('PUT', `/api/v1/integrations/${tree.id}/state`, { state: 'on' });
    const retried = await app.call('PUT', `${BASE}/webhookJobs/${failed.id}`, { status: 'Queued' });
    expect([retried.status, retried.body.webhookJob.id]).toEqual([200, failed.id]);
    await runUntilIdle(app);
    const done = await webhooks.newest();
    expect(done).toMatchObject({
      id: failed.id,
      status: 'Complete',
      retryCount: 1,
      requestContent: failed.requestContent,
    });
    expect((await webhooks.jobs()).webhookJobs.filter(({ id }: { id: string }) => id === failed.id)).toHaveLength(1);
  });

  it('holds the run of a tree that is Off; the job is complete', async () => {
    const { body: tree } = await app.call('POST', '/api/v1/integrations', {
      name: 'Off',
      trigger: { type: 'manual', path: 'Users :: Created' },
      steps: [{ key: 'a', action: 'get', input: { url: `${stub.url}/tree` } }],
    });
    await app.call('POST', `/api/v1/integrations/${tree.id}/publish`, {});
    await webhooks.make({ name: 'users', type: 'User', event: 'Created', url: '/Users/Created' });
    const { body } = await webhooks.happened('space.user.created', { user: { username: 'ada' } });
    await finishedRun(app, body.runs[0]);
    await runUntilIdle(app);
    expect(await webhooks.newest()).toMatchObject({ status: 'Complete' });
    const { body: runs } = await app.call('GET', `/api/v1/runs?integrationId=${tree.id}`);
    expect(runs.data).toMatchObject([{ status: 'held' }]);
  });

  describe('a tree that is started twice at once, by a process that does not know yet that it lost its run', () => {
    const steps = () => [{ key: 'a', action: 'get', input: { url: `${stub.url}/tree` } }];
    /** Starts it as another step of a run would, in this and in the other process. */
    const starter = async () => {
      await webhooks.make({ name: 'users', type: 'User', event: 'Created', url: '/Users/Created' });
      const { body } = await webhooks.happened('space.user.created', { user: { username: 'ada' } });
      await finishedRun(app, body.runs[0]);
      const parent = {
        id: parseId('run', body.runs[0] as string),
        event: { id: parseId('evt', body.id as string) },
        test: false,
      };
      const step = { step: { key: 'again' }, compiled: { judge: () => ({ kind: 'succeeded', output: {} }) } };
      const trees = app.program.app.get(TreeStarts, { strict: false });
      return () => trees.start(parent as ClaimedRun, step as unknown as RunnableStep, 'Users :: Created', {});
    };
    const integration = async () => {
      const trigger = { type: 'manual', path: 'Users :: Created' };
      const { body } = await app.call('POST', '/api/v1/integrations', { name: 'Tree', trigger, steps: steps() });
      await app.call('POST', `/api/v1/integrations/${body.id}/publish`, {});
      return body.id as string;
    };
    const states = async (id: string) =>
      (await app.call('GET', `/api/v1/runs?integrationId=${id}`)).body.data.map(({ status }: any) => status as string);

    it('is one run, which both are told', async () => {
      const id = await integration();
      const start = await starter();
      const before = (await states(id)).length;
      const outcomes = await Promise.all(Array.from({ length: 5 }, start));
      expect(outcomes.map(({ error }) => error)).toEqual(Array(5).fill(null));
      expect(new Set(outcomes.map(({ response }) => response!.body.toString())).size).toBe(1);
      expect(await states(id)).toHaveLength(before + 1);
    });

    it('is not held for an integration that is being turned On', async () => {
      const id = await integration();
      const start = await starter();
      await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off', held: 'discard' });
      const toggle = await app.database.connect('toggle');
      await toggle.query('begin');
      await toggle.query(`update integrations set is_on = true where id = $1`, [parseId('int', id)]);
      let started = false;
      const starting = start().then(() => (started = true));
      await until('it waits for the toggle, or is done', async () => {
        const waiting = await app.database.source.query<unknown[]>(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return started || waiting.length > 0;
      });
      await toggle.query('commit');
      await toggle.end();
      await starting;
      expect(await states(id)).not.toContain('held');
    });
  });

  it('gives a tree path to one integration at a time', async () => {
    const trigger = { type: 'manual', path: 'Users :: Deleted' };
    const first = await app.call('POST', '/api/v1/integrations', { name: 'A', trigger });
    const second = await app.call('POST', '/api/v1/integrations', { name: 'B', trigger });
    expect([second.status, second.body.code]).toEqual([409, 'path_taken']);
    await app.call('POST', `/api/v1/integrations/${first.body.id}/archive`);
    expect((await app.call('POST', '/api/v1/integrations', { name: 'B', trigger })).status).toBe(201);
    const back = await app.call('POST', `/api/v1/integrations/${first.body.id}/unarchive`);
    expect([back.status, back.body.code]).toEqual([409, 'path_taken']);
    await app.call('DELETE', `/api/v1/integrations/${first.body.id}`);
  });

  it('retries a failed job at a mended URL with the stored content', async () => {
    stub.always('/wrong', { status: 404, body: 'nothing here' });
    stub.script('/right', { status: 200 });
    await webhooks.make({ name: 'users', type: 'User', event: 'Updated', url: `${stub.url}/wrong` });
    const { body } = await webhooks.happened('space.user.updated', { user: { username: 'ada' } });
    await finishedRun(app, body.runs[0]);
    const failed = await webhooks.newest();
    expect(failed).toMatchObject({ status: 'Failed', summary: '404 Not Found', responseContent: 'nothing here' });
    const bad = await app.call('PUT', `${BASE}/webhookJobs/${failed.id}`, { status: 'Queued', url: 'right' });
    expect([bad.status, bad.body.errors[0].path]).toEqual([422, '/url']);
    await app.call('PUT', `${BASE}/webhookJobs/${failed.id}`, { status: 'Queued', url: `${stub.url}/right` });
    await runUntilIdle(app);
    expect(await webhooks.newest()).toMatchObject({
      id: failed.id,
      status: 'Complete',
      url: `${stub.url}/right`,
      retryCount: 1,
    });
    expect(stub.on('/right')[0].body).toBe(failed.requestContent);
    const { body: webhook } = await app.call('GET', `${BASE}/webhooks/users`);
    expect(webhook.webhook.url).toBe(`${stub.url}/wrong`);
  });

  it('lists jobs by status, webhook and time, page by page', async () => {
    stub.always('/ok', { status: 200 });
    stub.always('/no', { status: 410 });
    await webhooks.make({ name: 'good', type: 'User', event: 'Created', url: `${stub.url}/ok` });
    await webhooks.make({ name: 'bad', type: 'User', event: 'Created', url: `${stub.url}/no` });
    const from = new Date().toISOString();
    for (let i = 0; i < 3; i++) await webhooks.happened('space.user.created', { user: { username: `u${i}` } });
    await runUntilIdle(app);
    const since = `start=${encodeURIComponent(from)}`;
    const names = async (query: string) =>
      (await webhooks.jobs(`?${since}&${query}`)).webhookJobs.map(({ name }: { name: string }) => name);
    expect((await names('')).sort()).toEqual(['bad', 'bad', 'bad', 'good', 'good', 'good']);
    expect(await names('status=failed')).toEqual(['bad', 'bad', 'bad']);
    expect(await names('status=COMPLETE&limit=2')).toEqual(['good', 'good']);
    expect(await names('webhook=bad')).toEqual(['bad', 'bad', 'bad']);
    expect((await webhooks.jobs(`?end=${encodeURIComponent(from)}&webhook=good`)).webhookJobs).toEqual([]);
    const first = await webhooks.jobs(`?${since}&limit=4`);
    const second = await webhooks.jobs(`?${since}&limit=4&pageToken=${first.nextPageToken}`);
    const ids = [...first.webhookJobs, ...second.webhookJobs].map(({ id }: { id: string }) => id);
    expect([ids.length, new Set(ids).size, second.nextPageToken]).toEqual([6, 6, null]);
    for (const query of ['status=done', 'limit=0', 'start=yesterday', 'pageToken=x', 'nonsense=1']) {
      expect((await app.call('GET', `${BASE}/webhookJobs?${query}`)).status).toBe(400);
    }
  });

  it('refuses every change of a status that is not a retry or a cancel', async () => {
    stub.script('/ok', { status: 200 });
    await webhooks.make({ name: 'users', type: 'User', event: 'Created', url: `${stub.url}/ok` });
    const { body } = await webhooks.happened('space.user.created', { user: {} });
    await finishedRun(app, body.runs[0]);
    const { id } = await webhooks.newest();
    for (const status of ['Cancelled', 'Complete', 'In Progress', 'Failed']) {
      const refused = await app.call('PUT', `${BASE}/webhookJobs/${id}`, { status });
      expect([refused.status, refused.body.code]).toEqual([409, 'job_state']);
    }
    expect((await app.call('PUT', `${BASE}/webhookJobs/${id}`, { status: 'Lost' })).status).toBe(422);
  });

  it('cancels a job that waits for a worker', async () => {
    const api = await startApp({ env: { HOOKLINE_ROLE: 'api' } });
    try {
      const webhook = { name: 'users', type: 'User', event: 'Created', url: 'https://example.com/' };
      await api.call('POST', `${BASE}/webhooks`, webhook);
      await api.call('POST', '/api/v1/events', { type: 'space.user.created', data: { user: {} } });
      const { body } = await api.call('GET', `${BASE}/webhookJobs?status=queued`);
      const [queued] = body.webhookJobs;
      expect(queued).toMatchObject({ status: 'Queued', summary: null, requestContent: null, retryCount: 0 });
      const { body: canceled } = await api.call('PUT', `${BASE}/webhookJobs/${queued.id}`, { status: 'cancelled' });
      expect(canceled.webhookJob).toMatchObject({ id: queued.id, status: 'Cancelled' });
    } finally {
      await api.stop();
    }
  });
});
