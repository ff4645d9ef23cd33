import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import jsonServer from 'json-server';
import { useApp } from '../support/app.js';
import { finishedRun, send } from '../support/engine.js';

/** The story: a task was completed; an order is made, read back and marked as paid, at a REST server of somebody else. */
describe('an integration of three chained calls', () => {
  const app = useApp();
  let rest: Server;
  let url: string;
  let id: string;

  beforeAll(async () => {
    const server = jsonServer.create();
    server.use(jsonServer.defaults({ logger: false }));
    server.use(jsonServer.router({ orders: [{ id: 7, title: 'older' }] }));
    rest = await new Promise<Server>((resolve) => {
      const listening: Server = server.listen(0, '127.0.0.1', () => resolve(listening));
    });
    url = `http://127.0.0.1:${(rest.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => rest?.close(resolve)));

  it('is made as a draft, Off', async () => {
    const made = await app.call('POST', '/api/v1/integrations', {
      name: 'Order for a completed task',
      trigger: { type: 'event', eventType: 'project.task.completed' },
      steps: [
        {
          key: 'create_order',
          action: 'post',
          input: {
            url: `${url}/orders`,
            body: [
              { key: 'title', value: 'For {{ trigger.data.name }}' },
              { key: 'amount', value: '{{ trigger.data.amount }}' },
              { key: 'note', value: '{{ trigger.data.note }}' },
            ],
          },
        },
        { key: 'read_order', action: 'get', input: { url: `${url}/orders/{{ steps.create_order.body.id }}` } },
        {
          key: 'mark_paid',
          action: 'put',
          input: {
            url: `${url}/orders/{{ steps.read_order.body.id }}`,
            body: [
              { key: 'title', value: '{{ steps.read_order.body.title }}' },
              { key: 'amount', value: '{{ steps.read_order.body.amount }}' },
              { key: 'paid', value: '{{ steps.read_order.status == 200 }}' },
            ],
          },
        },
      ],
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ state: 'off', publishedVersion: null, revision: 1 });
    id = made.body.id;
  });

  it('previews the first call without sending it', async () => {
    const preview = await app.call('POST', `/api/v1/integrations/${id}/steps/create_order/test`, {
      event: { data: { name: 'Ada', amount: 12.5 } },
      preview: true,
    });
    expect(preview.status).toBe(200);
    expect(preview.body).toMatchObject({
      outcome: 'succeeded',
      response: null,
      error: null,
      request: { method: 'POST', url: `${url}/orders`, body: '{"title":"For Ada","amount":12.5,"note":null}' },
    });
    const orders = await (await fetch(`${url}/orders`)).json();
    expect(orders).toHaveLength(1);
  });

  it('tests a later call for real, with what the earlier one would have given', async () => {
    const test = await app.call('POST', `/api/v1/integrations/${id}/steps/read_order/test`, {
      event: { data: {} },
      steps: { create_order: { status: 201, headers: {}, body: { id: 7 } } },
    });
    expect(test.body).toMatchObject({
      outcome: 'succeeded',
      request: { method: 'GET', url: `${url}/orders/7` },
      response: { status: 200 },
    });
    expect(JSON.parse(test.body.response.body)).toEqual({ id: 7, title: 'older' });
  });

  it('is turned On, and every event runs it to the end, on record', async () => {
    const on = await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'on' });
    expect(on).toMatchObject({ status: 200, body: { state: 'on', version: 1 } });

    const accepted = await send(app, { name: 'Grace', amount: 99 }, { source: 'crm', id: 'task-1' });
    expect(accepted.status).toBe(202);
    expect(accepted.body).toMatchObject({ duplicate: false, held: 0 });
    expect(accepted.body.runs).toHaveLength(1);

    const run = await finishedRun(app, accepted.body.runs[0]);
    expect(run).toMatchObject({ status: 'succeeded', integrationId: id, version: 1, error: null });
    expect(run.steps.map((step: { status: string }) => step.status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    const [create, read, mark] = run.steps.map((step: { attempts: unknown[] }) => step.attempts[0]);
    expect(create).toMatchObject({
      status: 'succeeded',
      request: { method: 'POST', url: `${url}/orders`, body: '{"title":"For Grace","amount":99,"note":null}' },
      response: { status: 201 },
    });
    const made = JSON.parse(create.response.body);
    expect(read.request.url).toBe(`${url}/orders/${made.id}`);
    expect(mark.request).toMatchObject({ method: 'PUT', body: '{"title":"For Grace","amount":99,"paid":true}' });
    expect(await (await fetch(`${url}/orders/${made.id}`)).json()).toEqual({
      id: made.id,
      title: 'For Grace',
      amount: 99,
      paid: true,
    });
  });

  it('carries an idempotency key of its own in every call', async () => {
    const { body } = await app.call('GET', '/api/v1/runs');
    const run = await finishedRun(app, body.data[0].id);
    const keys = run.steps.map((step: any) => step.attempts[0].request.headers['Idempotency-Key']);
    expect(keys).toEqual([`${run.id}:create_order`, `${run.id}:read_order`, `${run.id}:mark_paid`]);
  });
});
