import { useApp } from '../support/app.js';
import { finishedRun, runUntilIdle, send, turnedOn } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('why runs failed', () => {
  const app = useApp();
  const stub = useSharedReceiver();

  beforeAll(async () => {
    stub.always('/ok', { status: 200 });
    stub.always('/down', { status: 503 });
    stub.always('/gone', { status: 404 });
  });

  const step = (key: string, path: string) => ({
    key,
    name: `To ${path}`,
    action: 'post',
    input: { url: stub.url + path },
    retry: { attempts: 1 },
  });

  it('is told by integration, step and status, the most frequent cause first, a page at a time', async () => {
    const down = await turnedOn(app, [step('a', '/ok'), step('b', '/down')], { name: 'Down at the second step' });
    const gone = await turnedOn(app, [step('a', '/gone')], { name: 'Gone' });
    const first = await send(app, {});
    for (const id of first.body.runs) await finishedRun(app, id);
    await app.call('PUT', `/api/v1/integrations/${gone}/state`, { state: 'off' });
    const second = await send(app, {});
    const last = await finishedRun(app, second.body.runs[0]);

    const { status, body } = await app.call('GET', '/api/v1/runs/causes');
    expect(status).toBe(200);
    expect(body).toEqual({
      data: [
        {
          integrationId: down,
          integrationName: 'Down at the second step',
          atStep: { key: 'b', name: 'To /down', position: 2 },
          code: 'http_5xx',
          status: 503,
          message: last.error.message,
          runs: 2,
          firstAt: expect.any(String),
          lastAt: last.createdAt,
          lastRunId: last.id,
        },
        expect.objectContaining({ integrationId: gone, code: 'http_4xx', status: 404, runs: 1 }),
      ],
      nextCursor: null,
    });
    const page = await app.call('GET', '/api/v1/runs/causes?limit=1');
    expect(page.body.data).toEqual([body.data[0]]);
    const next = await app.call('GET', `/api/v1/runs/causes?limit=1&cursor=${page.body.nextCursor}`);
    expect(next.body).toEqual({ data: [body.data[1]], nextCursor: null });
    const own = await app.call('GET', `/api/v1/runs/causes?integrationId=${gone}`);
    expect(own.body.data).toHaveLength(1);
    const early = await app.call(
      'GET',
      `/api/v1/runs/causes?to=${encodeURIComponent(last.createdAt.replace(/^\d+/, '2020'))}`,
    );
    expect(early.body.data).toEqual([]);

    // The list says the same of each run, and of no run that went well.
    const { body: list } = await app.call('GET', '/api/v1/runs?status=failed');
    expect(list.data.map(({ atStep }: any) => atStep.key).sort()).toEqual(['a', 'b', 'b']);
    expect((await app.call('GET', '/api/v1/runs?status=succeeded')).body.data).toEqual([]);
    const these = await app.call('GET', '/api/v1/runs?status=failed&code=http_5xx&atStep=b');
    expect(these.body.data.map(({ id }: any) => id)).toEqual([last.id, first.body.runs[0]]);
    expect((await app.call('GET', '/api/v1/runs?atStep=a&code=http_5xx')).body.data).toEqual([]);
    expect((await app.call('GET', `/api/v1/runs/${last.id}`)).body.atStep).toEqual({
      key: 'b',
      name: 'To /down',
      position: 2,
    });
  });

  it('is said of a run that waits for its next try, too', async () => {
    const retry = { attempts: 2, firstDelayMs: 600_000 };
    const id = await turnedOn(app, [{ ...step('only', '/down'), retry }], {
      trigger: { type: 'event', eventType: 'project.task.created' },
    });
    const { body } = await send(app, {}, { type: 'project.task.created' });
    await runUntilIdle(app);
    const { body: list } = await app.call('GET', `/api/v1/runs?status=waiting&integrationId=${id}`);
    expect(list.data).toMatchObject([{ id: body.runs[0], atStep: { key: 'only', position: 1 }, error: null }]);
  });
});
