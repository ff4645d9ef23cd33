import { ScheduleClock } from '../../src/ingest/schedule-clock.js';
import { openClient } from '../../src/platform/database/connections.js';
import { startApp, type TestApp } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { Processes } from '../support/processes.js';
import { StubReceiver } from '../support/stub-receiver.js';
import { until } from '../support/until.js';

const TRIGGER = { type: 'schedule', cron: '0 9 * * 1-5', timezone: 'Europe/Berlin', missed: 'last' };

describe('a schedule', () => {
  let database: TestDatabase;
  let stub: StubReceiver;
  let client: ReturnType<typeof openClient>;

  beforeEach(async () => {
    database = await createTestDatabase();
    stub = await StubReceiver.start();
    stub.always('/call', { body: {} });
    client = openClient(database.url, 'hookline tests');
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await stub.stop();
    await database.drop();
  });

  type Caller = Pick<TestApp, 'call'>;
  const make = async ({ call }: Caller, trigger: object = TRIGGER) => {
    const steps = [{ key: 'call', action: 'post', input: { url: `${stub.url}/call` } }];
    const { body } = await call('POST', '/api/v1/integrations', { name: 'Scheduled', trigger, steps });
    return body.id as string;
  };
  const turn = ({ call }: Caller, id: string, state: 'on' | 'off') =>
    call('PUT', `/api/v1/integrations/${id}/state`, { state });
  const read = async ({ call }: Caller, id: string) => (await call('GET', `/api/v1/integrations/${id}`)).body;
  const fired = async ({ call }: Caller, query = '') =>
    (await call('GET', `/api/v1/events?type=schedule.fired&limit=100${query}`)).body.data as {
      id: string;
      time: string;
      runs: string[];
    }[];
  /** As if the process had been away since then. */
  const dueSince = (at: string) => client.query(`update schedules set next_at = ${at}`);
  const isDue = async () => (await client.query(`select from schedules where next_at <= now()`)).rowCount! > 0;

  it('tells its next times before it is saved, and what keeps it from ever firing', async () => {
    const app = await startApp({ databaseUrl: database.url });
    const preview = async (query: Record<string, string>) =>
      (await app.call('GET', `/api/v1/schedules/preview?${new URLSearchParams(query).toString()}`)).body;
    try {
      const { times, problems } = await preview({ cron: '30 6 1 1 *', timezone: 'Asia/Tokyo', count: '3' });
      expect(problems).toEqual([]);
      expect(times).toHaveLength(3);
      for (const time of times as string[]) expect(time).toMatch(/-12-31T21:30:00\.000Z$/);
      expect((await preview({ cron: '0 9 * * 1-5' })).times).toHaveLength(5);
      expect(await preview({ cron: '0 0 31 2 *' })).toEqual({
        times: [],
        problems: [{ field: 'cron', code: 'invalid_cron', message: expect.stringContaining('never fire') }],
      });
      expect((await preview({ cron: '0 9 * * *', timezone: 'Mars/Olympus' })).problems[0].field).toBe('timezone');
    } finally {
      await app.stop();
    }
  });

  it('knows its next time while it is On, and makes its event with the time that has come', async () => {
    const app = await startApp({ databaseUrl: database.url });
    try {
      const id = await make(app);
      expect((await read(app, id)).nextFireAt).toBeNull();
      await turn(app, id, 'on');
      expect((await read(app, id)).nextFireAt).toMatch(/T0[78]:00:00\.000Z$/);

      await dueSince(`now() - interval '30 days'`);
      await app.program.app.get(ScheduleClock, { strict: false }).tick();
      const [event, ...others] = await fired(app);
      expect([others, event.runs.length, await isDue()]).toEqual([[], 1, false]);
      const { data } = (await app.call('GET', `/api/v1/events/${event.id}`)).body;
      expect(data).toEqual({
        scheduledAt: expect.stringMatching(/T0[78]:00:00\.000Z$/),
        timezone: 'Europe/Berlin',
        cron: '0 9 * * 1-5',
        missed: expect.any(Boolean),
      });

      await dueSince(`now() - interval '30 days'`);
      await app.program.app.get(ScheduleClock, { strict: false }).tick();
      expect(await fired(app)).toHaveLength(1);

      await turn(app, id, 'off');
      expect(await read(app, id)).toMatchObject({ nextFireAt: null, heldCount: 0 });
    } finally {
      await app.stop();
    }
  });

  it('is told what is wrong with it, and takes a new time with a new version', async () => {
    const app = await startApp({ databaseUrl: database.url, env: { HOOKLINE_ROLE: 'api' } });
    try {
      const bad = await turn(app, await make(app, { ...TRIGGER, cron: '61 * * * *' }), 'on');
      expect([bad.status, bad.body.errors[0].path]).toEqual([422, '/trigger/cron']);
      const id = await make(app);
      await turn(app, id, 'on');
      const publish = async (trigger: object, draft: number) => {
        const changed = await app.call(
          'PATCH',
          `/api/v1/integrations/${id}`,
          { trigger },
          { 'if-match': `"${draft}"` },
        );
        const { status } = await app.call('POST', `/api/v1/integrations/${id}/publish`, { note: '' });
        expect([changed.status, status]).toEqual([200, 200]);
        return (await read(app, id)).nextFireAt as string;
      };
      await dueSince(`'2099-01-01T00:30:00Z'`);
      expect(await publish({ ...TRIGGER, missed: 'all' }, 1)).toBe('2099-01-01T00:30:00.000Z');
      expect(await publish({ ...TRIGGER, timezone: 'UTC' }, 2)).toContain('T09:00:00');

      await dueSince(`'2099-01-01T00:30:00Z'`);
      await turn(app, id, 'off');
      await turn(app, id, 'on');
      expect((await read(app, id)).nextFireAt).toContain('T09:00:00');
      await app.call('POST', `/api/v1/integrations/${id}/archive`);
      expect((await read(app, id)).nextFireAt).toBeNull();
    } finally {
      await app.stop();
    }
  });

  it('fires none, the last, or all of what it missed while no process was there', async () => {
    const processes = await Processes.make();
    try {
      const env = { DATABASE_URL: database.url };
      const before = await processes.start(env);
      // Half an hour from now and ago, so that no time comes while the test runs.
      const cron = `${(new Date().getUTCMinutes() + 30) % 60} * * * *`;
      const ids = [];
      for (const missed of ['none', 'last', 'all']) {
        ids.push(await make(before, { type: 'schedule', cron, missed }));
        await turn(before, ids.at(-1)!, 'on');
      }
      await before.kill();
      await dueSince(`now() - interval '170 minutes'`);

      const after = await processes.start(env);
      await until('what was due has fired', async () => !(await isDue()));
      const [none, last, all] = await Promise.all(ids.map((id) => fired(after, `&source=schedule/${id}`)));
      expect([none.length, last.length, all.length]).toEqual([0, 1, 3]);
      const times = all.map(({ time }) => time);
      expect(times).toEqual([...times].sort().reverse());
      expect(last[0].time).toBe(times[0]);
      await stub.until(4);
      const { data } = (await after.call('GET', `/api/v1/events/${last[0].id}`)).body;
      expect(data).toMatchObject({ scheduledAt: last[0].time, timezone: 'UTC', missed: true });
    } finally {
      await processes.end();
    }
  });

  it('fires once for each time, whichever of two processes sees it first', async () => {
    const processes = await Processes.make();
    try {
      const env = { DATABASE_URL: database.url };
      const [one, two] = await Promise.all([processes.start(env), processes.start(env)]);
      await turn(one, await make(one, { ...TRIGGER, cron: '* * * * *', missed: 'all' }), 'on');
      await dueSince(`date_trunc('minute', now()) - interval '20 minutes'`);
      await until('both have fired what was due', async () => !(await isDue()));
      const events = await fired(two);
      expect(events.length).toBeGreaterThanOrEqual(21);
      expect(new Set(events.map(({ time }) => time)).size).toBe(events.length);
      const runs = events.flatMap((event) => event.runs);
      expect(runs).toHaveLength(events.length);
      await stub.until(runs.length);
    } finally {
      await processes.end();
    }
  });
});
