import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { Webhook } from 'standardwebhooks';
import { formatId } from '../../src/core/id.js';
import { startApp, useApp } from '../support/app.js';
import { finishedRun, runUntilIdle } from '../support/engine.js';

const PATH = '/v4/webhook-subscriptions';
const EVENTS = [
  'workflow_started',
  'workflow_finished',
  'workflow_failed',
  'workflow_recovered',
  'workflow_sample_finished',
  'workflow_data_change',
  'workflow_export_completed',
  'workflow_validation_anomaly_change',
  'system_maintenance',
  'service_degradation',
  'credits_low',
  'free_trial_ending',
];

interface Delivery {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** A receiver as that system's manual shows one: Express, the raw body, answers 200. */
async function receiver(): Promise<{ url: string; got: Delivery[]; stop(): void }> {
  const got: Delivery[] = [];
  const app: Express = express();
  app.use(express.raw({ type: '*/*' }));
  app.all('/hook', (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    got.push({ method: request.method, url: request.url, headers: request.headers as Record<string, string>, body });
    response.status(200).json({ received: true });
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    got,
    stop: () => void server.close(),
  };
}

describe('webhook subscriptions', () => {
  const app = useApp();
  let hook: Awaited<ReturnType<typeof receiver>>;

  beforeAll(async () => {
    hook = await receiver();
  });
  afterAll(() => hook?.stop());
  beforeEach(() => void hook.got.splice(0));
  afterEach(async () => {
    for (const { id } of (await list()).body.subscriptions) await api('DELETE', `${PATH}/${id}`);
  });

  /** As that system's clients do: with `x-api-key`. */
  async function api(method: string, path: string, body?: unknown) {
    const response = await fetch(app.url + path, {
      method,
      headers: { 'x-api-key': app.adminKey, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as any };
  }
  const list = () => api('GET', PATH);
  const subscribe = (body: object) => api('POST', PATH, body);
  const happened = (type: string, data: object, time = '2026-11-22T03:47:15.120Z') =>
    app.call('POST', '/api/v1/events', { type, data, time });

  it('takes both shapes, lists, reads, changes and deletes', async () => {
    const flat = await subscribe({ webhookUrl: hook.url, webhookHttpMethod: 'POST', events: ['workflow_finished'] });
    expect([flat.status, Object.keys(flat.body)]).toEqual([201, ['id', 'message', 'secret']]);
    const nested = await subscribe({ webhookConfig: { url: hook.url, httpMethod: 'GET' }, events: ['credits_low'] });
    expect(nested.status).toBe(201);
    expect(nested.body.secret).toMatch(/^whsec_/);
    const { body } = await list();
    expect(body.subscriptions).toMatchObject([
      { id: nested.body.id, webhookUrl: hook.url, webhookHttpMethod: 'GET', events: ['credits_low'], enabled: true },
      { id: flat.body.id, webhookHttpMethod: 'POST', events: ['workflow_finished'], workflowId: null },
    ]);
    expect(JSON.stringify(body)).not.toContain('whsec_');
    const changed = await api('PATCH', `${PATH}/${flat.body.id}`, { enabled: false, events: ['workflow_failed'] });
    expect(changed.body).toMatchObject({ enabled: false, events: ['workflow_failed'], webhookUrl: hook.url });
    expect((await happened('workflow.failed', {})).body.runs).toEqual([]);
    expect((await api('DELETE', `${PATH}/${flat.body.id}`)).body).toMatchObject({ id: flat.body.id });
    expect((await api('GET', `${PATH}/${flat.body.id}`)).status).toBe(404);
    expect((await api('DELETE', `${PATH}/${flat.body.id}`)).status).toBe(404);
  });

  it('delivers eventType, timestamp and data, signed as Standard Webhooks say', async () => {
    const { body: made } = await subscribe({ webhookUrl: hook.url, webhookHttpMethod: 'POST', events: EVENTS });
    const data = { workflowId: 'wf-1', rows: 12, note: 'Ünï' };
    const { body } = await happened('workflow.finished', data);
    const run = await finishedRun(app, body.runs[0]);
    expect(run.status).toBe('succeeded');
    const [delivery] = hook.got;
    expect(delivery).toMatchObject({
      method: 'POST',
      body: JSON.stringify({ eventType: 'workflow_finished', timestamp: '2026-11-22T03:47:15.120Z', data }),
    });
    expect(delivery.headers).toMatchObject({
      'content-type': 'application/json',
      'x-kadoa-event': 'workflow_finished',
    });
    expect(new Webhook(made.secret).verify(delivery.body, delivery.headers)).toMatchObject({ data });
    expect(() => new Webhook(made.secret).verify(`${delivery.body} `, delivery.headers)).toThrow();
  });

  it('sends with GET every scalar as a parameter, signed over an empty body', async () => {
    const { body: made } = await subscribe({
      webhookUrl: `${hook.url}?own=1`,
      webhookHttpMethod: 'GET',
      events: ['credits_low'],
    });
    const { body } = await happened('system.credits_low', {
      left: 5,
      plan: { name: 'Pro & Co' },
      none: null,
      tags: ['a', true],
    });
    await finishedRun(app, body.runs[0]);
    const [delivery] = hook.got;
    expect(`${delivery.method} ${delivery.url}`).toBe(
      'GET /hook?own=1&eventType=credits_low&timestamp=2026-11-22T03%3A47%3A15.120Z&left=5&plan.name=Pro%20%26%20Co&tags.0=a&tags.1=true',
    );
    // The package parses what it has verified, and an empty body is no JSON: its signature is compared instead.
    const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signature } = delivery.headers;
    expect(signature).toBe(new Webhook(made.secret).sign(id, new Date(Number(seconds) * 1000), ''));
  });

  it('says all twelve events, and names them where one is unknown', async () => {
    expect((await api('GET', `${PATH}/events`)).body).toEqual({ events: EVENTS });
    expect((await api('GET', '/v5/notifications/event-types')).body).toEqual({ events: EVENTS });
    const refused = await subscribe({ webhookUrl: hook.url, webhookHttpMethod: 'POST', events: ['workflow_done'] });
    expect(refused.status).toBe(400);
    for (const name of EVENTS) expect(refused.body.errors[0].message).toContain(name);
  });

  it.each([
    [{ webhookUrl: 'ftp://a/', webhookHttpMethod: 'POST', events: ['credits_low'] }, '/webhookUrl'],
    [{ webhookUrl: 'https://a/', webhookHttpMethod: 'PUT', events: ['credits_low'] }, '/webhookHttpMethod'],
    [{ webhookUrl: 'https://a/', events: [] }, '/events'],
    [{ webhookUrl: 'https://a/' }, '/events'],
    [{ webhookConfig: { url: 'nowhere' }, events: ['credits_low'] }, '/webhookConfig/url'],
    [{ webhookUrl: 'https://a/', events: ['credits_low'], secret: 'mine' }, '/secret'],
    [[], ''],
  ])('refuses %j with 400', async (body, path) => {
    const refused = await subscribe(body);
    expect([refused.status, refused.body.errors[0].path]).toEqual([400, path]);
    expect((await list()).body.subscriptions).toEqual([]);
  });

  it('hears of one workflow only where it names one', async () => {
    await subscribe({ webhookUrl: hook.url, events: ['workflow_finished'], workflowId: 'wf-1' });
    expect((await happened('workflow.finished', { workflowId: 'wf-2' })).body.runs).toEqual([]);
    expect((await happened('workflow.finished', {})).body.runs).toEqual([]);
    expect((await happened('workflow.finished', { workflowId: 'wf-1' })).body.runs).toHaveLength(1);
    await runUntilIdle(app);
  });

  it('is tested by a real, signed call with the sample of the event', async () => {
    const { body: made } = await subscribe({ webhookUrl: hook.url, events: ['workflow_data_change'] });
    const tested = await api('POST', `${PATH}/${made.id}/test`, { eventType: 'workflow_data_change' });
    expect(tested).toMatchObject({ status: 200, body: { id: made.id } });
    const run = await finishedRun(app, tested.body.runId);
    expect(run).toMatchObject({ status: 'succeeded', test: true });
    const sent = new Webhook(made.secret).verify(hook.got[0].body, hook.got[0].headers) as { eventType: string };
    expect(sent.eventType).toBe('workflow_data_change');
    expect((await api('POST', `${PATH}/${made.id}/test`, { eventType: 'nothing' })).status).toBe(400);
  });

  it('signs with the new and the last secret while one is replaced', async () => {
    const { body: made } = await subscribe({ webhookUrl: hook.url, events: ['credits_low'] });
    const { body: rotated } = await api('POST', `${PATH}/${made.id}/rotate-secret`);
    const { body } = await happened('system.credits_low', { left: 1 });
    await finishedRun(app, body.runs[0]);
    const [delivery] = hook.got;
    for (const secret of [made.secret, rotated.secret]) {
      expect(new Webhook(secret).verify(delivery.body, delivery.headers)).toBeTruthy();
    }
  });

  it('keeps the connections that sign for it out of those of people', async () => {
    await subscribe({ webhookUrl: hook.url, events: ['credits_low'] });
    expect((await app.call('GET', '/api/v1/connections')).body.data).toEqual([]);
  });

  it('keeps them from being changed by anybody else', async () => {
    const { body: made } = await subscribe({ webhookUrl: hook.url, events: ['credits_low'] });
    const { source } = app.database;
    const [{ id }] = await source.query<{ id: string }[]>('select connection_id id from subscriptions where id = $1', [
      made.id,
    ]);
    const path = `/api/v1/connections/${formatId('con', id)}`;
    const changes = [
      await app.call('PATCH', path, { auth: { type: 'bearer', token: 'canary' } }),
      await app.call('DELETE', path),
    ];
    expect(changes).toMatchObject(changes.map(() => ({ status: 409, body: { code: 'managed_by_face' } })));
    expect((await api('POST', `${PATH}/${made.id}/rotate-secret`)).status).toBe(200);
  });
});

describe('instance callbacks that are signed', () => {
  it('carry a signature over an empty body; the secret is shown once', async () => {
    const app = await startApp();
    const hook = await receiver();
    try {
      const at = '/api/v1/developer/instance-callbacks';
      const created = { enabled: true, urls: hook.url };
      const { body: saved } = await app.call('PUT', at, { created, sign: true });
      expect(saved).toMatchObject({ sign: true, signingSecret: expect.stringMatching(/^whsec_/) });
      const { body } = await app.call('POST', '/api/v1/events', {
        type: 'process.instance.created',
        data: { instanceID: '1', processName: 'P' },
      });
      await finishedRun(app, body.runs[0]);
      const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signature } = hook.got[0].headers;
      expect(signature).toBe(new Webhook(saved.signingSecret).sign(id, new Date(Number(seconds) * 1000), ''));
      const { body: again } = await app.call('PUT', at, { created, sign: true });
      expect([again.sign, again.signingSecret]).toEqual([true, undefined]);
      expect((await app.call('PUT', at, { created })).body.sign).toBe(false);
      await app.call('POST', '/api/v1/events', {
        type: 'process.instance.created',
        data: { instanceID: '2', processName: 'P' },
      });
      await runUntilIdle(app);
      expect(hook.got[1].headers['webhook-signature']).toBeUndefined();
    } finally {
      hook.stop();
      await app.stop();
    }
  });
});
