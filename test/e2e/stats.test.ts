import { useApp } from '../support/app.js';
import { finishedRun, runUntilIdle, send, turnedOn } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('counts of runs', () => {
  const app = useApp();
  const stub = useSharedReceiver();

  beforeAll(async () => {
    stub.always('/ok', { status: 200 });
    stub.always('/down', { status: 503 });
  });

  const step = (path: string, rest: object = {}) => [
    { key: 'call', action: 'post', input: { url: stub.url + path }, retry: { attempts: 1, ...rest } },
  ];

  it('are of the runs that the list shows', async () => {
    const empty = await app.call('GET', '/api/v1/stats?range=24h');
    expect(empty.body).toMatchObject({
      bucketMs: 1_800_000,
      total: { runs: 0, p50Ms: null },
      waiting: { runs: 0, oldestAt: null, forSignIn: [] },
      failing: [],
      hosts: [],
    });
    expect(empty.body.buckets).toHaveLength(48);

    const good = await turnedOn(app, step('/ok'));
    const bad = await turnedOn(app, step('/down'), { name: 'Fails' });
    const slow = await turnedOn(app, step('/down', { attempts: 2, firstDelayMs: 600_000 }));
    const { body } = await send(app, {});
    const { body: second } = await send(app, {});
    for (const id of [...body.runs.slice(0, 2), ...second.runs.slice(0, 2)]) await finishedRun(app, id);
    await app.call('POST', `/api/v1/integrations/${good}/test`, { event: { data: {} } });
    // One of the failures is being put right: it is nobody's concern any more.
    await finishedRun(app, (await app.call('POST', `/api/v1/runs/${body.runs[1]}/replay`, {})).body.runId);

    await runUntilIdle(app);
    const stats = (await app.call('GET', '/api/v1/stats?range=1h')).body;
    expect(stats.total).toMatchObject({ runs: 7, succeeded: 2, failed: 3, canceled: 0, p95Ms: expect.any(Number) });
    expect(stats.buckets.at(-1).runs + stats.buckets.at(-2).runs).toBe(7);
    expect(stats.before).toMatchObject({ runs: 0 });
    expect(stats.waiting).toEqual({ runs: 2, oldestAt: expect.any(String), forSignIn: [] });
    expect(stats.failing).toEqual([
      {
        integrationId: bad,
        integrationName: 'Fails',
        runs: 2,
        lastAt: expect.any(String),
        lastRunId: expect.stringMatching(/^run_/),
        error: { code: 'http_5xx', message: expect.any(String) },
      },
    ]);
    const [host] = stats.hosts;
    expect(host).toMatchObject({ host: new URL(stub.url).host, p95Ms: expect.any(Number) });
    expect(host.calls).toBeGreaterThanOrEqual(7);

    const own = (await app.call('GET', `/api/v1/stats?range=7d&integrationId=${slow}`)).body;
    expect(own).toMatchObject({
      total: { runs: 2, failed: 0 },
      waiting: { runs: 2 },
      failing: [],
      hosts: [{ calls: 2 }],
    });
    expect(own.buckets).toHaveLength(42);
    expect((await app.call('GET', '/api/v1/stats?range=2h')).status).toBe(400);
  });
});
