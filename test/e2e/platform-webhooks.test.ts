import { useApp } from '../support/app.js';
import { finishedRun } from '../support/engine.js';
import { PlatformWebhooks, BASE } from '../support/platform-webhooks.js';
import { useReceiver } from '../support/stub-receiver.js';

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
  const app = useApp();
  const stub = useReceiver();
  const webhooks = new PlatformWebhooks(app);
  afterEach(() => webhooks.clear());

  it('fires for each of the 14 events, and the job shows time, URL, the exact data, the answer and the run', async () => {
    stub.always('/in', { status: 201, body: { ok: true } });
    for (const [type, event, eventType, member] of EVENTS) {
      const name = `${type} ${event}`;
      const made = await webhooks.make({ name, type, event, filter: '', url: `${stub.url}/in` });
      expect([made.status, made.body.webhook]).toEqual([
        200,
        expect.objectContaining({ name, type, event, filter: '', url: `${stub.url}/in` }),
      ]);
      const time = '2026-11-22T03:47:15.120Z';
      const data = { space: { slug: 'acme' }, [member]: { name: 'Ünï', size: 1.0, id: '12345678901234567890' } };
      const { body } = await webhooks.happened(eventType, data, { time });
      const run = await finishedRun(app, body.runs[0]);
      const sent = JSON.stringify({ event: { action: event, type, timestamp: time }, ...data });
      expect(stub.received.at(-1)).toMatchObject({ method: 'POST', url: '/in', body: sent });
      expect(stub.received.at(-1)!.headers['content-type']).toBe('application/json');
      const job = await webhooks.newest();
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

  it('listens in one kapp to the forms of that kapp, and fills an address from the event', async () => {
    stub.always('/services/it', { status: 200 });
    const made = await webhooks.make(
      { name: 'forms', type: 'Form', event: 'Updated', url: `${stub.url}/\${kapp('slug')}/\${form.slug}` },
      '/kapps/services',
    );
    expect(made.status).toBe(200);
    const { body: other } = await webhooks.happened('kapp.form.updated', {
      kapp: { slug: 'hr' },
      form: { slug: 'it' },
    });
    expect(other.runs).toEqual([]);
    const { body } = await webhooks.happened('kapp.form.updated', { kapp: { slug: 'services' }, form: { slug: 'it' } });
    await finishedRun(app, body.runs[0]);
    expect(stub.received.map(({ url }) => url)).toEqual(['/services/it']);
    expect(await webhooks.newest()).toMatchObject({ scopeType: 'Kapp', scopeId: 'services' });
  });

  it('lets a filter decide', async () => {
    await webhooks.make({
      name: 'f',
      type: 'User',
      event: 'Created',
      filter: 'trigger.data.user.admin == true',
      url: `${stub.url}/x`,
    });
    expect((await webhooks.happened('space.user.created', { user: { admin: false } })).body.runs).toEqual([]);
    const bad = await webhooks.make({ name: 'g', type: 'User', event: 'Created', filter: '1 +', url: `${stub.url}/x` });
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
    const refused = await webhooks.make({ name: 'n', ...pair, url: 'https://example.com/' }, where);
    expect([refused.status, refused.body.errors]).toEqual([400, [expect.objectContaining({ path, message })]]);
  });

  it('keeps one webhook for a name, changes and deletes it; its jobs stay', async () => {
    stub.always('/ok', { status: 200 });
    const webhook = { name: 'users', type: 'User', event: 'Created', filter: '', url: `${stub.url}/ok` };
    await webhooks.make(webhook);
    expect([(await webhooks.make(webhook)).status, (await webhooks.make(webhook)).body.code]).toEqual([
      409,
      'name_taken',
    ]);
    const changed = await app.call('PUT', `${BASE}/webhooks/users`, { name: 'people', event: 'Updated' });
    expect(changed.body.webhook).toMatchObject({ ...webhook, name: 'people', event: 'Updated' });
    expect((await app.call('GET', `${BASE}/webhooks/users`)).status).toBe(404);
    const { body } = await webhooks.happened('space.user.updated', { user: {} });
    await finishedRun(app, body.runs[0]);
    const job = await webhooks.newest();
    expect((await app.call('DELETE', `${BASE}/webhooks/people`)).status).toBe(200);
    expect((await app.call('GET', `${BASE}/webhookJobs/${job.id}`)).body.webhookJob).toEqual(job);
    expect((await webhooks.happened('space.user.updated', { user: {} })).body.runs).toEqual([]);
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
