import { parseId } from '../../src/core/id.js';
import { Database } from '../../src/platform/database/database.js';
import type { RunnableStep } from '../../src/runner/compiled-definitions.js';
import { TreeStarts } from '../../src/runner/tree-starts.js';
import type { ClaimedRun } from '../../src/runs/claimed-run.js';
import { startApp, type TestApp } from '../support/app.js';
import { finishedRun, runUntilIdle } from '../support/engine.js';
import { until } from '../support/processes.js';
import { StubReceiver } from '../support/stub-receiver.js';

const BASE = '/app/api/v1';

/** The events that the product promises, with what their data holds. */
const EVENTS = [
  ['User', 'Created', 'space.user.created', 'user'],
  ['User', 'Updated', 'space.user.updated', 'user'],
  ['User', 'Deleted', 'space.user.deleted', 'user'],
  ['Team', 'Created', 'space.team.created', 'team'],
  ['Team', 'Updated', 'space.team.updated', 'team'],
  ['Team', 'Deleted', 'space.team.deleted', 'team'],
  ['Datastore Form', 'Created', 'space.datastore_form.created', 'form'],
  ['Datastore Form', 'Updated', 'space.datastore_form.updated', 'form'],
  ['Datastore Submission', 'Created', 'space.datastore_submission.created', 'submission'],
  ['Datastore Submission', 'Submitted', 'space.datastore_submission.submitted', 'submission'],
  ['Form', 'Created', 'kapp.form.created', 'form'],
  ['Form', 'Updated', 'kapp.form.updated', 'form'],
  ['Submission', 'Created', 'kapp.submission.created', 'submission'],
  ['Submission', 'Submitted', 'kapp.submission.submitted', 'submission'],
] as const;

describe('platform webhooks', () => {
  let app: TestApp;
  let stub: StubReceiver;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    stub = await StubReceiver.start();
  });
  afterEach(async () => {
    for (const where of ['', '/kapps/services', '/kapps/hr']) {
      const { body } = await app.call('GET', `${BASE}${where}/webhooks`);
      for (const { name } of body.webhooks)
        await app.call('DELETE', `${BASE}${where}/webhooks/${encodeURIComponent(name)}`);
    }
    const { body } = await app.call('GET', '/api/v1/integrations?limit=250');
    for (const { id } of body.data) await app.call('DELETE', `/api/v1/integrations/${id}`);
    stub.verify();
    await stub.stop();
  });

  const make = (webhook: object, where = '') => app.call('POST', `${BASE}${where}/webhooks`, webhook);
  const happened = (type: string, data: object, rest: object = {}) =>
    app.call('POST', '/api/v1/events', { type, data, ...rest });
  const jobs = async (query = '') => (await app.call('GET', `${BASE}/webhookJobs${query}`)).body;
  const newest = async () => (await jobs('?limit=1')).webhookJobs[0];

  it('fires for each of the 14 events, and the job shows time, URL, the exact data, the answer and the run', async () => {
    stub.always('/in', { status: 201, body: { ok: true } });
    for (const [type, event, eventType, member] of EVENTS) {
      const name = `${type} ${event}`;
      const made = await make({ name, type, event, filter: '', url: `${stub.url}/in` });
      expect([made.status, made.body.webhook]).toEqual([
        200,
        expect.objectContaining({ name, type, event, filter: '', url: `${stub.url}/in` }),
      ]);
      const time = '2026-11-22T03:47:15.120Z';
      const data = { space: { slug: 'acme' }, [member]: { name: 'Ünï', size: 1.0, id: '12345678901234567890' } };
      const { body } = await happened(eventType, data, { time });
      const run = await finishedRun(app, body.runs[0]);
      const sent = JSON.stringify({ event: { action: event, type, timestamp: time }, ...data });
      expect(stub.received.at(-1)).toMatchObject({ method: 'POST', url: '/in', body: sent });
      expect(stub.received.at(-1)!.headers['content-type']).toBe('application/json');
      const job = await newest();
      expect(job).toMatchObject({
        name,
        type,
        event,
        url: `${stub.url}/in`,
        status: 'Complete',
        summary: '201 Created',
        retryCount: 0,
        runNumber: run.number,
        eventTime: time,
        scopeType: 'Space',
        requestContent: sent,
        responseContent: '{"ok":true}',
      });
      expect(job.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
      expect((await app.call('GET', `${BASE}/webhookJobs/${job.id}`)).body.webhookJob).toEqual(job);
    }
  });

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
    await make({ name: 'teams', type: 'Team', event: 'Updated', url: '/Teams/Updated' });
    const { body } = await happened('space.team.updated', { team: { name: 'Ops' } });
    expect(body.runs).toHaveLength(1);
    await finishedRun(app, body.runs[0]);
    await runUntilIdle(app);
    const job = await newest();
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
    await make({
      name: 'teams',
      type: 'Team',
      event: 'Updated',
      url: '/kinetic-task/app/api/v1/run-tree/Kinetic%20CE/Teams/Updated',
    });
    const { body } = await happened('space.team.updated', { team: { name: 'Ops' } });
    await finishedRun(app, body.runs[0]);
    const failed = await newest();
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
    const done = await newest();
    expect(done).toMatchObject({
      id: failed.id,
      status: 'Complete',
      retryCount: 1,
      requestContent: failed.requestContent,
    });
    expect((await jobs()).webhookJobs.filter(({ id }: { id: string }) => id === failed.id)).toHaveLength(1);
  });

  it('holds the run of a tree that is Off; the job is complete', async () => {
    const { body: tree } = await app.call('POST', '/api/v1/integrations', {
      name: 'Off',
      trigger: { type: 'manual', path: 'Users :: Created' },
      steps: [{ key: 'a', action: 'get', input: { url: `${stub.url}/tree` } }],
    });
    await app.call('POST', `/api/v1/integrations/${tree.id}/publish`, {});
    await make({ name: 'users', type: 'User', event: 'Created', url: '/Users/Created' });
    const { body } = await happened('space.user.created', { user: { username: 'ada' } });
    await finishedRun(app, body.runs[0]);
    await runUntilIdle(app);
    expect(await newest()).toMatchObject({ status: 'Complete' });
    const { body: runs } = await app.call('GET', `/api/v1/runs?integrationId=${tree.id}`);
    expect(runs.data).toMatchObject([{ status: 'held' }]);
  });

  describe('a tree that is started twice at once, by a process that does not know yet that it lost its run', () => {
    const steps = () => [{ key: 'a', action: 'get', input: { url: `${stub.url}/tree` } }];
    /** Starts it as another step of a run would, in this and in the other process. */
    const starter = async () => {
      await make({ name: 'users', type: 'User', event: 'Created', url: '/Users/Created' });
      const { body } = await happened('space.user.created', { user: { username: 'ada' } });
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
      const { source } = app.program.app.get(Database, { strict: false });
      let started = false;
      let starting: Promise<unknown> = Promise.resolve();
      await source.transaction(async (tx) => {
        await tx.query(`update integrations set is_on = true where id = $1`, [parseId('int', id)]);
        starting = start().then(() => (started = true));
        await until('it waits for the toggle, or is done', async () => {
          const waiting = await source.query<unknown[]>(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          );
          return started || waiting.length > 0;
        });
      });
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
    await make({ name: 'users', type: 'User', event: 'Updated', url: `${stub.url}/wrong` });
    const { body } = await happened('space.user.updated', { user: { username: 'ada' } });
    await finishedRun(app, body.runs[0]);
    const failed = await newest();
    expect(failed).toMatchObject({ status: 'Failed', summary: '404 Not Found', responseContent: 'nothing here' });
    const bad = await app.call('PUT', `${BASE}/webhookJobs/${failed.id}`, { status: 'Queued', url: 'right' });
    expect([bad.status, bad.body.errors[0].path]).toEqual([422, '/url']);
    await app.call('PUT', `${BASE}/webhookJobs/${failed.id}`, { status: 'Queued', url: `${stub.url}/right` });
    await runUntilIdle(app);
    expect(await newest()).toMatchObject({
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
    await make({ name: 'good', type: 'User', event: 'Created', url: `${stub.url}/ok` });
    await make({ name: 'bad', type: 'User', event: 'Created', url: `${stub.url}/no` });
    const from = new Date().toISOString();
    for (let i = 0; i < 3; i++) await happened('space.user.created', { user: { username: `u${i}` } });
    await runUntilIdle(app);
    const since = `start=${encodeURIComponent(from)}`;
    const names = async (query: string) =>
      (await jobs(`?${since}&${query}`)).webhookJobs.map(({ name }: { name: string }) => name);
    expect((await names('')).sort()).toEqual(['bad', 'bad', 'bad', 'good', 'good', 'good']);
    expect(await names('status=failed')).toEqual(['bad', 'bad', 'bad']);
    expect(await names('status=COMPLETE&limit=2')).toEqual(['good', 'good']);
    expect(await names('webhook=bad')).toEqual(['bad', 'bad', 'bad']);
    expect((await jobs(`?end=${encodeURIComponent(from)}&webhook=good`)).webhookJobs).toEqual([]);
    const first = await jobs(`?${since}&limit=4`);
    const second = await jobs(`?${since}&limit=4&pageToken=${first.nextPageToken}`);
    const ids = [...first.webhookJobs, ...second.webhookJobs].map(({ id }: { id: string }) => id);
    expect([ids.length, new Set(ids).size, second.nextPageToken]).toEqual([6, 6, null]);
    for (const query of ['status=done', 'limit=0', 'start=yesterday', 'pageToken=x', 'nonsense=1']) {
      expect((await app.call('GET', `${BASE}/webhookJobs?${query}`)).status).toBe(400);
    }
  });

  it('refuses every change of a status that is not a retry or a cancel', async () => {
    stub.script('/ok', { status: 200 });
    await make({ name: 'users', type: 'User', event: 'Created', url: `${stub.url}/ok` });
    const { body } = await happened('space.user.created', { user: {} });
    await finishedRun(app, body.runs[0]);
    const { id } = await newest();
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

  it('listens in one kapp to the forms of that kapp, and fills an address from the event', async () => {
    stub.always('/services/it', { status: 200 });
    const made = await make(
      { name: 'forms', type: 'Form', event: 'Updated', url: `${stub.url}/\${kapp('slug')}/\${form.slug}` },
      '/kapps/services',
    );
    expect(made.status).toBe(200);
    const { body: other } = await happened('kapp.form.updated', { kapp: { slug: 'hr' }, form: { slug: 'it' } });
    expect(other.runs).toEqual([]);
    const { body } = await happened('kapp.form.updated', { kapp: { slug: 'services' }, form: { slug: 'it' } });
    await finishedRun(app, body.runs[0]);
    expect(stub.received.map(({ url }) => url)).toEqual(['/services/it']);
    expect(await newest()).toMatchObject({ scopeType: 'Kapp', scopeId: 'services' });
  });

  it('lets a filter decide', async () => {
    await make({
      name: 'f',
      type: 'User',
      event: 'Created',
      filter: 'trigger.data.user.admin == true',
      url: `${stub.url}/x`,
    });
    expect((await happened('space.user.created', { user: { admin: false } })).body.runs).toEqual([]);
    const bad = await make({ name: 'g', type: 'User', event: 'Created', filter: '1 +', url: `${stub.url}/x` });
    expect([bad.status, bad.body.errors[0].path]).toEqual([422, '/filter']);
  });

  it.each([
    [{ type: 'User', event: 'Submitted' }, '', '/event', '"User" has the events Created, Updated, Deleted.'],
    [
      { type: 'Robot', event: 'Created' },
      '',
      '/type',
      'A space webhook has the types User, Team, Datastore Form, Datastore Submission, Form, Submission.',
    ],
    [{ type: 'User', event: 'Created' }, '/kapps/hr', '/type', 'A kapp webhook has the types Form, Submission.'],
  ])('refuses %j %s with 400 and names what there is', async (pair, where, path, message) => {
    const refused = await make({ name: 'n', ...pair, url: 'https://example.com/' }, where);
    expect([refused.status, refused.body.errors]).toEqual([400, [expect.objectContaining({ path, message })]]);
  });

  it('keeps one webhook for a name, changes and deletes it; its jobs stay', async () => {
    stub.always('/ok', { status: 200 });
    const webhook = { name: 'users', type: 'User', event: 'Created', filter: '', url: `${stub.url}/ok` };
    await make(webhook);
    expect([(await make(webhook)).status, (await make(webhook)).body.code]).toEqual([409, 'name_taken']);
    const changed = await app.call('PUT', `${BASE}/webhooks/users`, { name: 'people', event: 'Updated' });
    expect(changed.body.webhook).toMatchObject({ ...webhook, name: 'people', event: 'Updated' });
    expect((await app.call('GET', `${BASE}/webhooks/users`)).status).toBe(404);
    const { body } = await happened('space.user.updated', { user: {} });
    await finishedRun(app, body.runs[0]);
    const job = await newest();
    expect((await app.call('DELETE', `${BASE}/webhooks/people`)).status).toBe(200);
    expect((await app.call('GET', `${BASE}/webhookJobs/${job.id}`)).body.webhookJob).toEqual(job);
    expect((await happened('space.user.updated', { user: {} })).body.runs).toEqual([]);
  });

  it('says what can be listened to', async () => {
    const read = async (path: string) => (await app.call('GET', `${BASE}/meta/webhooks/${path}`)).body;
    expect(await read('types/kapp')).toEqual({ types: ['Form', 'Submission'] });
    expect(await read('events/space/Team')).toEqual({ events: ['Created', 'Updated', 'Deleted'] });
    expect(await read('events/kapp')).toEqual({
      events: { Form: ['Created', 'Updated'], Submission: ['Created', 'Submitted'] },
    });
    expect((await app.call('GET', `${BASE}/meta/webhooks/events/kapp/Team`)).status).toBe(404);
  });

  it('takes HTTP Basic with an API key as the password, here and nowhere else', async () => {
    const basic = (password: string) => ({
      authorization: `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`,
    });
    expect((await app.call('GET', `${BASE}/webhooks`, undefined, basic(app.adminKey))).status).toBe(200);
    expect((await app.call('GET', `${BASE}/webhooks`, undefined, basic('hl_wrong'))).status).toBe(401);
    expect((await app.call('GET', '/api/v1/runs', undefined, basic(app.adminKey))).status).toBe(401);
  });
});
