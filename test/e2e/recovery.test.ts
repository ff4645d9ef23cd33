import type { ServerResponse } from 'node:http';
import { useApp } from '../support/app.js';
import { beat, finishedRun, runUntilIdle, send, turnedOn } from '../support/engine.js';
import { useReceiver } from '../support/stub-receiver.js';

/** Crashes, told by what they leave in the database; `chaos.test.ts` kills real processes. */
describe('a run whose process died', () => {
  const app = useApp();
  const stub = useReceiver();
  let query: (sql: string, values?: unknown[]) => Promise<any[]>;
  let held: ServerResponse[];

  beforeAll(async () => {
    const { source } = app.database;
    query = (sql, values) => source.query(sql, values);
  });
  beforeEach(async () => {
    held = [];
  });
  afterEach(() => app.deleteIntegrations());

  const hold = (_request: unknown, response: ServerResponse) => void held.push(response);
  const answer = (response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
  const uuidOf = async (number: number) => (await query(`select id from runs where number = $1`, [number]))[0].id;

  /** What a takeover does to a run: the next write of its old owner is too late. */
  const takeOver = (id: string) =>
    query(`update runs set state = 1, owner = null, fence = fence + 1, due_at = now() where id = $1`, [id]);
  const underWay = async (steps: object[]) => {
    await turnedOn(app, steps);
    const { body } = await send(app, {});
    await stub.until(1);
    const run = await app.call('GET', `/api/v1/runs/${body.runs[0]}`);
    return { id: body.runs[0] as string, uuid: await uuidOf(run.body.number) };
  };

  it('is taken over: the call in flight is unknown, and made again with the same key', async () => {
    stub.script('/a', hold, { status: 200 });
    const { id, uuid } = await underWay([{ key: 'a', action: 'post', input: { url: `${stub.url}/a` } }]);
    await takeOver(uuid);
    const dispatcher = app.dispatcher;
    await dispatcher.tick();
    await stub.until(2);
    answer(held[0]); // too late: somebody else has the run
    const run = await finishedRun(app, id);
    expect(run.status).toBe('succeeded');
    expect(run.steps[0].attempts).toMatchObject([
      { number: 1, status: 'unknown', response: null },
      { number: 2, status: 'succeeded' },
    ]);
    const keys = stub.received.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toBe(`${id}:a`);
    expect(keys[1]).toBe(keys[0]);
  });

  it('does not make a finished step again', async () => {
    stub.script('/a', { status: 200, body: { token: 'from-a' } });
    stub.script('/b', hold, { status: 200 });
    await turnedOn(app, [
      { key: 'a', action: 'post', input: { url: `${stub.url}/a` } },
      {
        key: 'b',
        action: 'post',
        input: { url: `${stub.url}/b`, body: [{ key: 't', value: '{{ steps.a.body.token }}' }] },
      },
    ]);
    const { body } = await send(app, {});
    await stub.until(2);
    const { body: shown } = await app.call('GET', `/api/v1/runs/${body.runs[0]}`);
    await takeOver(await uuidOf(shown.number));
    await app.dispatcher.tick();
    await stub.until(3);
    answer(held[0]);
    const run = await finishedRun(app, body.runs[0]);
    expect(run.status).toBe('succeeded');
    expect(stub.on('/a')).toHaveLength(1);
    expect(stub.on('/b').map((request) => request.body)).toEqual(['{"t":"from-a"}', '{"t":"from-a"}']);
  });

  it('is set aside when its step was under way in three processes that died', async () => {
    stub.script('/a', hold, hold, hold);
    const { id, uuid } = await underWay([{ key: 'a', action: 'post', input: { url: `${stub.url}/a` } }]);
    const dispatcher = app.dispatcher;
    for (const calls of [2, 3]) {
      await takeOver(uuid);
      await dispatcher.tick();
      await stub.until(calls);
    }
    await takeOver(uuid);
    await dispatcher.tick();
    for (const response of held) answer(response);
    const run = await finishedRun(app, id);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'limit' } });
    expect(run.error.message).toContain('died 3 times');
    expect(stub.on('/a')).toHaveLength(3);
  });

  it('never changes once it has ended, whoever tries', async () => {
    stub.script('/a', { status: 200 });
    const { id, uuid } = await underWay([{ key: 'a', action: 'get', input: { url: `${stub.url}/a` } }]);
    await finishedRun(app, id);
    await expect(query(`update runs set state = 1 where id = $1`, [uuid])).rejects.toThrow(/has ended/);
  });

  it('and belonged to a worker that is on no list is found by the house-keeping', async () => {
    stub.script('/a', { status: 429, headers: { 'retry-after': '3600' } }, { status: 200 });
    const { id, uuid } = await underWay([{ key: 'a', action: 'get', input: { url: `${stub.url}/a` } }]);
    await runUntilIdle(app);
    await query(`update runs set state = 2, owner = 2147483647, fence = fence + 1 where id = $1`, [uuid]);
    for (let i = 0; i < 10; i++) await beat(app);
    expect((await finishedRun(app, id)).status).toBe('succeeded');
  });

  it('and is said to be ours although we know nothing of it is found by the house-keeping', async () => {
    stub.script('/a', { status: 429, headers: { 'retry-after': '3600' } }, { status: 200 });
    const { id, uuid } = await underWay([{ key: 'a', action: 'get', input: { url: `${stub.url}/a` } }]);
    await runUntilIdle(app);
    await query(`update runs set state = 2, owner = (select max(id) from workers), fence = fence + 1 where id = $1`, [
      uuid,
    ]);
    for (let i = 0; i < 20; i++) await beat(app);
    expect((await finishedRun(app, id)).status).toBe('succeeded');
  });
});
