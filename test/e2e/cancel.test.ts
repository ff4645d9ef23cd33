import type { ServerResponse } from 'node:http';
import { startApp, type TestApp, useApp } from '../support/app.js';
import { finishedRun, runUntilIdle, send, turnedOn } from '../support/engine.js';
import { useReceiver } from '../support/stub-receiver.js';

describe('canceling a run', () => {
  const app = useApp();
  const stub = useReceiver();
  let cut: Promise<void>;

  afterEach(() => app.deleteIntegrations());

  const cancel = (id: string, at: Pick<TestApp, 'call'> = app) => at.call('POST', `/api/v1/runs/${id}/cancel`);
  /** Never answers; `cut` resolves when the caller hangs up. */
  const hang = () => {
    let seen: () => void;
    cut = new Promise((resolve) => (seen = resolve));
    return (_request: unknown, response: ServerResponse) => void response.on('close', () => seen());
  };
  const twoSteps = () => [
    { key: 'a', action: 'post', input: { url: `${stub.url}/a` } },
    { key: 'b', action: 'post', input: { url: `${stub.url}/b` } },
  ];

  it('cuts off the call in flight, fails its step, skips the rest, and nothing is written over it', async () => {
    stub.script('/a', hang());
    await turnedOn(app, twoSteps());
    const { body } = await send(app, {});
    await stub.until(1);
    const canceled = await cancel(body.runs[0]);
    expect(canceled.status).toBe(200);
    await cut;
    await app.dispatcher.idle();
    const { body: run } = await app.call('GET', `/api/v1/runs/${body.runs[0]}`);
    expect(run).toEqual(canceled.body);
    expect(run).toMatchObject({
      status: 'canceled',
      error: { code: 'canceled', message: 'Canceled by environment.' },
      steps: [
        { key: 'a', status: 'failed', error: { code: 'canceled' }, attempts: [{ number: 1, status: 'failed' }] },
        { key: 'b', status: 'skipped', attempts: [] },
      ],
    });
    expect(run.finishedAt).not.toBeNull();
    expect(run.steps[0].attempts[0].durationMs).toBeGreaterThanOrEqual(0);
  });

  it('is refused once the run has ended', async () => {
    stub.script('/a', { status: 200 });
    stub.script('/b', { status: 200 });
    await turnedOn(app, twoSteps());
    const { body } = await send(app, {});
    await finishedRun(app, body.runs[0]);
    expect(await cancel(body.runs[0])).toMatchObject({ status: 409, body: { code: 'run_over' } });
  });

  it('ends a run that waits to be tried again, at once', async () => {
    stub.script('/a', { status: 503, headers: { 'retry-after': '3600' } });
    await turnedOn(app, twoSteps());
    const { body } = await send(app, {});
    await runUntilIdle(app);
    const { body: run } = await cancel(body.runs[0]);
    expect(run).toMatchObject({
      status: 'canceled',
      reason: null,
      steps: [{ status: 'failed', error: { code: 'http_5xx' } }, { status: 'skipped' }],
    });
  });

  it('ends a held run', async () => {
    const id = await turnedOn(app, twoSteps());
    await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off' });
    await send(app, {});
    const { body: list } = await app.call('GET', `/api/v1/runs?integrationId=${id}`);
    expect(list.data).toMatchObject([{ status: 'held' }]);
    const { body: run } = await cancel(list.data[0].id);
    expect(run).toMatchObject({ status: 'canceled', steps: [{ status: 'skipped' }, { status: 'skipped' }] });
    const on = await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'on', held: 'run' });
    expect(on.body).toMatchObject({ released: 0, kept: 0 });
  });

  it('reaches the call that another process makes', async () => {
    const door = await startApp({ databaseUrl: app.database.url, env: { HOOKLINE_ROLE: 'api' } });
    try {
      stub.script('/a', hang());
      await turnedOn(app, twoSteps());
      const { body } = await send(app, {});
      await stub.until(1);
      expect((await cancel(body.runs[0], door)).status).toBe(200);
      await cut;
      await app.dispatcher.idle();
      expect((await app.call('GET', `/api/v1/runs/${body.runs[0]}`)).body.status).toBe('canceled');
    } finally {
      await door.stop();
    }
  });

  it('answers 404 for a run that there is not', async () => {
    expect((await cancel('run_00000000000000000000000000')).status).toBe(404);
  });
});
