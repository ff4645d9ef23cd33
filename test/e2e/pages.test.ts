import type { ServerResponse } from 'node:http';
import { useApp } from '../support/app.js';
import { finishedRun, letTimePass, send, turnedOn } from '../support/engine.js';
import { until } from '../support/until.js';
import { useReceiver } from '../support/stub-receiver.js';

describe('a step that reads pages', () => {
  const app = useApp();
  const stub = useReceiver();
  afterEach(() => app.deleteIntegrations());

  const page = (items: unknown[], next: string | null = null) => ({ body: { items, next } });
  const read = (pagination: object = {}, rest: object = {}) => ({
    key: 'read',
    action: 'get',
    input: {
      url: `${stub.url}/items`,
      query: [{ key: 'size', value: 2 }],
      pagination: { by: 'next-url', next: 'body.next', items: 'body.items', ...pagination },
    },
    ...rest,
  });
  const report = () => ({
    key: 'report',
    action: 'post',
    input: {
      url: `${stub.url}/report`,
      body: [
        { key: 'all', value: '{{ steps.read.body }}' },
        { key: 'pages', value: '{{ steps.read.pages }}' },
        { key: 'more', value: '{{ steps.read.hasMore }}' },
      ],
    },
  });
  const reported = () => stub.on('/report').map(({ body }) => JSON.parse(body) as unknown);
  const keys = () => stub.on('/items').map(({ headers }) => headers['idempotency-key']);
  const started = async (...steps: object[]): Promise<string> => {
    await turnedOn(app, steps);
    return (await send(app, {})).body.runs[0] as string;
  };

  it('makes a call for each, every one on record, and hands on what they hold together', async () => {
    stub.script('/items', page([1, 2], '/items?after=2'), page([3, 4], `${stub.url}/items?after=4`), page([5]));
    stub.always('/report', {});
    const id = await started(read(), report());
    const run = await finishedRun(app, id);
    expect(run.status).toBe('succeeded');
    expect(stub.on('/items').map(({ url }) => url)).toEqual(['/items?size=2', '/items?after=2', '/items?after=4']);
    expect(keys()).toEqual([1, 2, 3].map((number) => `${id}:read:${number}`));
    expect(reported()).toEqual([{ all: [1, 2, 3, 4, 5], pages: 3, more: false }]);
    expect(run.steps[0]).toMatchObject({
      status: 'succeeded',
      attempts: [1, 2, 3].map((number) => ({ number, status: 'succeeded', response: { status: 200 } })),
    });
    expect(run.steps[0].attempts[1].request.url).toBe(`${stub.url}/items?after=2`);
  });

  it('tries a page again without reading the others again, as often as a call of its own', async () => {
    const busy = { status: 503 };
    stub.script('/items', busy, page([1], '?after=1'), busy, page([2], '?after=2'), busy, page([3]));
    stub.always('/report', {});
    const id = await started(read({}, { retry: { attempts: 2, firstDelayMs: 60_000 } }), report());
    for (let wait = 1; wait <= 3; wait++) {
      await until(`wait ${wait}`, async () => {
        const { body } = await app.call('GET', `/api/v1/runs/${id}`);
        return body.status === 'waiting' && body.steps[0].attempts.length === 2 * wait - 1;
      });
      await letTimePass(app);
      await app.dispatcher.tick();
    }
    const run = await finishedRun(app, id);
    expect(run.status).toBe('succeeded');
    expect(keys()).toEqual([1, 1, 2, 2, 3, 3].map((number) => `${id}:read:${number}`));
    expect(run.steps[0].attempts.map((attempt: any) => attempt.status)).toEqual(
      [1, 2, 3].flatMap(() => ['failed', 'succeeded']),
    );
    expect(reported()).toEqual([{ all: [1, 2, 3], pages: 3, more: false }]);
  });

  it('fails where a page does for good', async () => {
    stub.script('/items', page([1], '?after=1'), { status: 404 });
    const run = await finishedRun(app, await started(read(), report()));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'http_4xx' } });
    expect(run.steps[0].attempts).toHaveLength(2);
  });

  it('ends with an error where the pages lead in a circle, and never leaves its origin', async () => {
    stub.script('/items', page([1], '?after=1'), page([2], '?after=1'), page([1], 'http://evil.example/items'));
    const circle = await finishedRun(app, await started(read()));
    expect(circle).toMatchObject({ status: 'failed', error: { code: 'loop' } });
    expect(circle.steps[0].attempts.map((attempt: any) => attempt.status)).toEqual(['succeeded', 'failed']);
    await app.call('DELETE', `/api/v1/integrations/${circle.integrationId}`);
    const away = await finishedRun(app, await started(read()));
    expect(away).toMatchObject({ status: 'failed', error: { code: 'redirect' } });
    expect(away.steps[0].attempts).toMatchObject([{ status: 'succeeded' }, { status: 'failed', response: null }]);
  });

  it('goes on with the page that was under way when its process died: what was read is not read again', async () => {
    const held: ServerResponse[] = [];
    stub.script(
      '/items',
      page([1], '?after=1'),
      page([2], '?after=2'),
      (_request, response) => void held.push(response),
      page([3], '?after=3'),
      page([4]),
    );
    stub.always('/report', {});
    const id = await started(read(), report());
    await stub.until(3);
    const { source } = app.database;
    const { body } = await app.call('GET', `/api/v1/runs/${id}`);
    await source.query(`update runs set state = 1, owner = null, fence = fence + 1, due_at = now() where number = $1`, [
      body.number,
    ]);
    await app.dispatcher.tick();
    await stub.until(4);
    held[0].writeHead(200, { 'content-type': 'application/json' }).end('{"items":["late"],"next":null}');
    const run = await finishedRun(app, id);
    expect(run.status).toBe('succeeded');
    expect(stub.on('/items').map(({ url }) => url)).toEqual([
      '/items?size=2',
      '/items?after=1',
      '/items?after=2',
      '/items?after=2',
      '/items?after=3',
    ]);
    expect(keys()).toEqual([1, 2, 3, 3, 4].map((number) => `${id}:read:${number}`));
    expect(run.steps[0].attempts.map((attempt: any) => attempt.status)).toEqual([
      ...['succeeded', 'succeeded', 'unknown', 'succeeded', 'succeeded'],
    ]);
    expect(reported()).toEqual([{ all: [1, 2, 3, 4], pages: 4, more: false }]);
  });

  it('is not read again by a replay of what failed behind it', async () => {
    stub.script('/items', page([1], '?after=1'), { status: 503 }, page([2]));
    stub.script('/report', { status: 404 }, {});
    const id = await started(read({}, { retry: { attempts: 2, firstDelayMs: 0, maxDelayMs: 0 } }), report());
    expect((await finishedRun(app, id)).status).toBe('failed');
    const { status, body } = await app.call('POST', `/api/v1/runs/${id}/replay`, {
      from: 'failed',
      version: 'original',
    });
    expect(status).toBe(202);
    const replay = await finishedRun(app, body.runId);
    expect(replay.status).toBe('succeeded');
    expect(replay.steps[0]).toMatchObject({ status: 'succeeded', takenOver: true, attempts: [] });
    expect(reported()[1]).toEqual({ all: [1, 2], pages: 2, more: false });
  });

  it('is tested by its first page', async () => {
    stub.script('/items', page([1], '?after=1'));
    const id = await turnedOn(app, [read()]);
    const { body } = await app.call('POST', `/api/v1/integrations/${id}/steps/read/test`, { event: { data: {} } });
    expect(body).toMatchObject({ outcome: 'succeeded', request: { url: `${stub.url}/items?size=2` } });
  });

  it('is refused with all that is wrong with it when it is turned On', async () => {
    const made = await app.call('POST', '/api/v1/integrations', {
      name: 'Wrong',
      trigger: { type: 'event', eventType: 'project.task.completed' },
      steps: [read({ next: 'nope', stopWhen: 'page >' })],
    });
    expect(made.status).toBe(201);
    const on = await app.call('PUT', `/api/v1/integrations/${made.body.id}/state`, { state: 'on' });
    expect(on.status).toBe(422);
    expect(on.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      '/steps/0/input/pagination/next',
      '/steps/0/input/pagination/stopWhen',
    ]);
  });
});
