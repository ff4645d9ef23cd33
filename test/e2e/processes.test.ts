import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { openClient } from '../../src/platform/database/connections.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { serverPid } from '../support/database-process.js';
import { send, turnedOn } from '../support/engine.js';
import { answerAfter, Load, reckon, twoSteps } from '../support/load.js';
import { type HooklineProcess, Processes } from '../support/processes.js';
import { StubReceiver, type Received } from '../support/stub-receiver.js';
import { until } from '../support/until.js';

const say = (line: string) => process.stdout.write(`${line}\n`);
const keyOf = ({ headers }: Received) => String(headers['idempotency-key']);

describe('processes that share a database', () => {
  let processes: Processes;
  let stub: StubReceiver;
  let database: TestDatabase;
  /** Calls of `/held` that have no answer yet, oldest first. */
  let held: { request: Received; response: ServerResponse }[];

  const start = (role: 'all' | 'api' | 'worker') =>
    processes.start({ HOOKLINE_ROLE: role, DATABASE_URL: database.url });
  const heldStep = () => [{ key: 'call', action: 'post', input: { url: `${stub.url}/held`, body: [] } }];
  const answer = ({ response }: { response: ServerResponse }) =>
    response.setHeader('content-type', 'application/json').end('{"ok":true}');
  const answerHeld = (count = held.length) => held.splice(0, count).forEach(answer);
  const sendMany = async (to: HooklineProcess, count: number): Promise<string[]> => {
    const answers = await Promise.all(Array.from({ length: count }, (_, n) => send(to, { n })));
    for (const { status, body } of answers) expect([status, body.runs.length]).toEqual([202, 1]);
    return answers.map(({ body }) => body.runs[0] as string);
  };
  const run = async (from: HooklineProcess, id: string) => (await from.call('GET', `/api/v1/runs/${id}`)).body;
  const runsOf = (from: HooklineProcess, ids: string[]) => Promise.all(ids.map((id) => run(from, id)));
  const allSucceeded = (from: HooklineProcess, ids: string[]) =>
    until('every run succeeds', async () => (await runsOf(from, ids)).every(({ status }) => status === 'succeeded'));
  const states = (runs: any[]) => runs.map(({ steps }) => steps[0].attempts.map((attempt: any) => attempt.status));
  const connect = async () => {
    const client = openClient(database.url, 'hookline tests');
    await client.connect();
    return client;
  };
  /** Sessions that wait for a lock. */
  const waiting = async (client: Awaited<ReturnType<typeof connect>>, statement = '%') => {
    const { rowCount } = await client.query(
      `select from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
      [statement],
    );
    return rowCount;
  };
  /** As a restart of the server, or of a proxy before it, does. */
  const cutAll = (client: Awaited<ReturnType<typeof connect>>) =>
    client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
  const inFlight = (worker: HooklineProcess) => worker.figure('hookline_calls_in_flight');
  /** The one of two workers that has more calls out, and the other. */
  const busier = async (workers: HooklineProcess[]) => {
    const [a, b] = await Promise.all(workers.map(inFlight));
    return a >= b ? [workers[0], workers[1]] : [workers[1], workers[0]];
  };

  beforeEach(async () => {
    [processes, stub, database] = await Promise.all([Processes.make(), StubReceiver.start(), createTestDatabase()]);
    held = [];
    stub.always('/held', (request, response) => held.push({ request, response }));
  });
  afterEach(async () => {
    await processes.end();
    await stub.stop();
    await database.drop();
  });

  it('take over the runs of a worker that is killed in mid-step, under the same idempotency keys', async () => {
    const [api, ...workers] = await Promise.all([start('api'), start('worker'), start('worker')]);
    await turnedOn(api, heldStep());
    const ids = await sendMany(api, 20);
    await until('twenty calls are out', () => held.length === 20);
    const [busy, other] = await busier(workers);
    const lost = await inFlight(busy);
    expect(lost).toBeGreaterThan(0);

    await busy.kill();
    const killedAt = performance.now();
    await until('the other worker has made the lost calls again', () => held.length === 20 + lost, 15_000);
    const ms = Math.round(performance.now() - killedAt);
    answerHeld();
    await allSucceeded(api, ids);
    say(`kill -9 of a worker with ${lost} of 20 calls out: all made again after ${ms} ms`);

    const runs = await runsOf(api, ids);
    const twice = runs.filter(({ steps }) => steps[0].attempts.length === 2);
    expect(states(twice)).toEqual(Array(lost).fill(['unknown', 'succeeded']));
    expect(states(runs.filter((each) => !twice.includes(each)))).toEqual(Array(20 - lost).fill(['succeeded']));
    const repeated = twice.map(({ id }) => `${id}:call`).sort();
    expect(stub.received.map(keyOf).sort()).toEqual([...ids.map((id) => `${id}:call`), ...repeated].sort());
    expect((await Promise.all([api.stop(), other.stop()])).map(({ code }) => code)).toEqual([0, 0]);
    expect(await processes.left()).toEqual([]);
  }, 90_000);

  it('refuse what a worker writes that was stopped for so long that others took over', async () => {
    const [api, stopped] = await Promise.all([start('api'), start('worker')]);
    await turnedOn(api, heldStep());
    const ids = await sendMany(api, 10);
    await until('ten calls are out', () => held.length === 10);
    const other = await start('worker');

    stopped.signal('SIGSTOP');
    const stoppedAt = performance.now();
    await until('they are made again elsewhere', () => held.length === 20, 20_000);
    const ms = Math.round(performance.now() - stoppedAt);
    const [late, again] = [held.slice(0, 10), held.slice(10)];
    const early = new Set(again.slice(0, 5).map(({ request }) => keyOf(request).replace(':call', '')));
    again.slice(0, 5).forEach(answer);
    await allSucceeded(api, [...early]);
    const before = await runsOf(api, ids);

    late.forEach(answer);
    stopped.signal('SIGCONT');
    await until('it knows that it has lost', async () => (await stopped.figure('hookline_runs_in_hand')) === 0);
    expect(await runsOf(api, ids)).toEqual(before);
    expect(before.filter(({ status }) => status === 'running')).toHaveLength(5);
    again.slice(5).forEach(answer);
    await allSucceeded(api, ids);
    say(`SIGSTOP of a worker with 10 calls out: made again after ${ms} ms; its 10 late answers were refused`);

    const runs = await runsOf(api, ids);
    expect(states(runs)).toEqual(Array(10).fill(['unknown', 'succeeded']));
    for (const run of runs) if (early.has(run.id)) expect(before).toContainEqual(run);
    expect(stub.received).toHaveLength(20);

    // It works on, under rights of its own.
    held = [];
    await other.stop();
    const later = await sendMany(api, 5);
    await until('five calls are out', () => held.length === 5);
    answerHeld();
    await allSucceeded(api, later);
    expect((await Promise.all([api.stop(), stopped.stop()])).map(({ code }) => code)).toEqual([0, 0]);
    expect(await processes.left()).toEqual([]);
  }, 90_000);

  it('know of a toggle the moment it is answered, whichever of them was asked', async () => {
    const [a, b] = await Promise.all([start('api'), start('api')]);
    const id = await turnedOn(a, heldStep());
    for (let round = 0; round < 20; round++) {
      const off = await a.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off', held: 'discard' });
      const none = await send(b, { round });
      const on = await a.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'on', held: 'keep' });
      const one = await send(b, { round });
      expect([off.status, none.status, none.body.runs.length, none.body.held]).toEqual([200, 202, 0, 1]);
      expect([on.status, one.status, one.body.runs.length, one.body.held]).toEqual([200, 202, 1, 0]);
    }
    expect((await Promise.all([a.stop(), b.stop()])).map(({ code }) => code)).toEqual([0, 0]);
    expect(await processes.left()).toEqual([]);
  }, 60_000);

  it('hold no event back that is stored while the integration is turned On and its held runs are let go', async () => {
    const [a, b] = await Promise.all([start('api'), start('api')]);
    const id = await turnedOn(a, heldStep());
    await a.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off' });

    // Somebody else is about to take the event's key: its storing waits in the middle.
    const [other, watcher] = await Promise.all([connect(), connect()]);
    await other.query(`begin`);
    await other.query(`insert into event_keys values ('test', 'slow', gen_random_uuid(), '')`);
    const sent = send(b, {}, { source: 'test', id: 'slow' });
    await until('it waits', async () => (await waiting(watcher)) === 1);
    const on = a.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'on', held: 'run' });
    await Promise.race([on, until('the toggle waits for it', async () => (await waiting(watcher)) === 2)]);
    await other.query(`rollback`);
    await Promise.all([other.end(), watcher.end()]);

    expect((await sent).body.held).toBe(1);
    expect((await on).body).toMatchObject({ state: 'on', released: 1, kept: 0 });
  }, 60_000);

  it('deliver every accepted event although the database cuts all connections under load', async () => {
    answerAfter(stub, () => 20 + Math.random() * 60);
    const [api, worker] = await Promise.all([start('api'), start('worker')]);
    await turnedOn(api, twoSteps(stub));
    const load = new Load(() => api.url, 'cut');
    const cutter = await connect();
    const sending = load.send(400);
    sending.catch(() => undefined);
    for (const share of [0.25, 0.5, 0.75]) {
      await until('events come in', () => load.runs.size >= share * 400);
      await cutAll(cutter);
    }
    await cutter.end();
    await sending;
    const sum = await reckon(api, load, stub);
    say(
      `all connections cut 3 times: 400 events, ${load.repeats} sent again, delivered ${sum.delivered}, repeated ${sum.repeated}, unknown ${sum.unknown}`,
    );
    expect(sum.faults).toEqual([]);
    expect(sum.delivered).toBe(400);
    expect((await Promise.all([api.stop(), worker.stop()])).map(({ code }) => code)).toEqual([0, 0]);
    expect(await processes.left()).toEqual([]);
  }, 90_000);

  it('go on with a run whose event was being looked at when the database went away', async () => {
    const [api, worker] = await Promise.all([start('api'), start('worker')]);
    await turnedOn(api, heldStep());
    await api.call('POST', '/api/v1/events', { type: 'kapp.form.created', data: {} }); // so that it knows of the change
    const [other, watcher] = await Promise.all([connect(), connect()]);
    await other.query(`begin`);
    await other.query(`lock table integrations`);
    const [id] = await sendMany(api, 1);
    await until('the worker waits for the name', async () => (await waiting(watcher, 'select name from%')) === 1);
    await cutAll(watcher);
    await watcher.end();

    await until('the call is made', () => held.length === 1);
    answerHeld();
    await allSucceeded(api, [id]);
    expect(states(await runsOf(api, [id]))).toEqual([['succeeded']]);
    expect((await worker.stop()).code).toBe(0);
  }, 60_000);

  it('share one embedded server, which outlives the one that started it', async () => {
    const first = await processes.start();
    await turnedOn(first, heldStep());
    const second = await processes.start();
    const pid = serverPid(processes.dataDir);
    const ids = [...(await sendMany(first, 5)), ...(await sendMany(second, 5))];
    await until('ten calls are out', () => held.length === 10);
    const lost = await inFlight(first);

    await first.kill();
    const killedAt = performance.now();
    ids.push(...(await sendMany(second, 5)));
    await until('the second goes on with the runs of the first', () => held.length === 15 + lost, 15_000);
    const ms = Math.round(performance.now() - killedAt);
    expect(serverPid(processes.dataDir)).toBe(pid);
    answerHeld();
    await allSucceeded(second, ids);
    say(`kill -9 of the first of two on one embedded server, ${lost} calls out: made again after ${ms} ms`);

    expect((await second.stop()).code).toBe(0);
    expect(await processes.left()).toEqual([]);
  }, 120_000);

  it('answer by their role: a worker only about its health', async () => {
    const [api, worker] = await Promise.all([start('api'), start('worker')]);
    for (const each of [api, worker]) {
      for (const path of ['/health/live', '/health/ready', '/metrics']) {
        expect([path, (await each.call('GET', path)).status]).toEqual([path, 200]);
      }
    }
    const closed = [
      '/',
      '/api/openapi.json',
      '/api/docs',
      '/api/v1/integrations',
      '/api/v1/runs',
      '/api/v1/session',
      '/api/v1/api-keys',
    ];
    for (const path of closed) {
      expect([path, (await worker.call('GET', path)).status]).toEqual([path, 404]);
    }
    const event = await send(worker, {});
    expect(event.status).toBe(404);
  }, 60_000);
});

describe('a program that cannot start', () => {
  let processes: Processes;

  beforeEach(async () => {
    processes = await Processes.make();
  });
  afterEach(() => processes.end());

  const refusal = async (env: Record<string, string>) => {
    const program = processes.spawn(env);
    const { code } = await program.ended;
    expect(await processes.left()).toEqual([]);
    return { code, lines: program.errors.trim().split('\n') };
  };

  it('says which settings are wrong, a line each', async () => {
    const { code, lines } = await refusal({
      PORT: 'eighty',
      HOOKLINE_ROLE: 'boss',
      DATABASE_URL: 'mysql://localhost/x',
      HOOKLINE_ADMIN_API_KEY: 'short',
    });
    expect(code).toBe(1);
    expect(lines).toHaveLength(4);
    for (const [index, name] of ['PORT', 'DATABASE_URL', 'HOOKLINE_ADMIN_API_KEY', 'HOOKLINE_ROLE'].entries()) {
      expect(lines[index]).toMatch(new RegExp(`^hookline: ${name} must be `));
    }
  });

  it('says that its port is taken, and leaves no database behind', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, lines } = await refusal({ PORT: String(port) });
    server.close();
    expect(code).toBe(1);
    expect(lines).toEqual([`hookline: Port ${port} is taken by another program. Set PORT to a free one.`]);
  }, 60_000);

  it('and is told to end half-way ends all the same, and leaves nothing behind', async () => {
    const program = processes.spawn();
    await until('its database starts', () => serverPid(processes.dataDir));
    expect((await program.stop()).code).toBe(0);
    expect(await processes.left()).toEqual([]);
  }, 60_000);

  it('says that the database does not let it in', async () => {
    const { code, lines } = await refusal({ DATABASE_URL: 'postgres://nobody:wrong@127.0.0.1:1/none' });
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^hookline: The database does not let us in: /);
    expect(lines[0]).not.toContain('wrong');
  }, 60_000);
});
