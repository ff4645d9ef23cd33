import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { newUuid } from '../../src/core/id.js';
import { BoundedClient } from '../../src/platform/database/bounded-client.js';
import { openClient } from '../../src/platform/database/connections.js';
import { type Database, isUnavailable, openDatabase } from '../../src/platform/database/database.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { migrations } from '../../src/platform/database/migration-list.js';
import { ensurePartitions, type Query } from '../../src/platform/database/partitions.js';
import { type Logger, silentLogger } from '../../src/platform/logging/logger.js';
import { createTestDatabase, openTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

describe('the database', () => {
  let database: Database;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('gives the hot path plans that hold on empty tables, and commits that hold', async () => {
    const names = ['jit', 'enable_seqscan', 'enable_mergejoin', 'synchronous_commit', 'statement_timeout'];
    const settings = names.map((name) => `current_setting('${name}') ${name}`).join(', ');
    const { rows } = await database.hot.query(`select ${settings}`);
    expect(rows).toEqual([
      {
        jit: 'off',
        enable_seqscan: 'off',
        enable_mergejoin: 'off',
        synchronous_commit: 'on',
        statement_timeout: '8s',
      },
    ]);
    expect(await database.source.query(`select ${settings}`)).toEqual([
      { jit: 'off', enable_seqscan: 'on', enable_mergejoin: 'on', synchronous_commit: 'on', statement_timeout: '30s' },
    ]);
  });

  it('outlives the loss of every connection, idle or in use', async () => {
    const cutter = await database.connect('cutter');
    await cutter.query(TAKE_LOCK);
    const busy = database.hot.query(TAKE_LOCK).catch((error: unknown) => error);
    const transaction = database.source.transaction((tx) => tx.query(TAKE_LOCK)).catch((error: unknown) => error);
    await until('both are under way', async () => {
      const [{ count }] = await database.source.query<{ count: number }[]>(
        `select count(*)::int from pg_locks where locktype = 'advisory' and not granted`,
      );
      return count === 2;
    });
    await cutConnections(cutter);
    expect(isUnavailable(await busy)).toBe(true);
    expect(isUnavailable(await transaction)).toBe(true);
    const answers = async () => {
      const { rows } = await database.hot.query('select 1 one');
      return [...rows, ...(await database.source.query<object[]>('select 1 one'))];
    };
    const found = await until('both ways lead to the database again', () => answers().catch(() => null));
    expect(found).toEqual([{ one: 1 }, { one: 1 }]);
  });

  it('gives up connections that went silent, and works over new ones within ten seconds', async () => {
    const { url, freeze, close } = await proxyTo(database.url);
    const other = await openDatabase({ databaseUrl: url, dataDir: '/nonexistent' }, silentLogger, []);
    await other.hot.query('select 1');
    await other.source.query('select 1');
    freeze();
    const sentAt = Date.now();
    const error: unknown = await other.hot.query('select 1').catch((thrown: unknown) => thrown);
    expect(isUnavailable(error)).toBe(true);
    expect(Date.now() - sentAt).toBeLessThan(20_000); // ten, and what a busy machine adds; a silent one takes a quarter of an hour
    expect((await other.hot.query('select 1 one')).rows).toEqual([{ one: 1 }]);
    close();
    await other.close();
  });

  it('closes a connection that owes an answer for too long, so that nobody waits for it again', async () => {
    const client = new BoundedClient({ connectionString: database.url, query_timeout: 100 });
    client.on('error', () => {});
    await client.connect();
    const ended = new Promise((resolve) => client.once('end', resolve));
    const holder = await database.connect('holder');
    await holder.query(TAKE_LOCK);
    await expect(client.query(TAKE_LOCK)).rejects.toThrow(/timeout/);
    await ended;
    await holder.end();
  });

  it('does not count what the statement itself did wrong as unavailable', async () => {
    const faults = ['select nothing', `select 1/0`, `insert into workers (id, role) values (null, 'x')`];
    for (const sql of faults) {
      expect(isUnavailable(await database.hot.query(sql).catch((error: unknown) => error))).toBe(false);
      expect(isUnavailable(await database.source.query(sql).catch((error: unknown) => error))).toBe(false);
    }
  });

  it('counts a database that is not there as unavailable', async () => {
    const error: unknown = await openClient('postgres://x:y@127.0.0.1:1/z', 'test')
      .connect()
      .catch((thrown) => thrown);
    expect(isUnavailable(error)).toBe(true);
  });

  it('refuses a search by null or undefined, which would otherwise find everything', () => {
    expect(database.source.options.invalidWhereValuesBehavior).toEqual({ null: 'throw', undefined: 'throw' });
  });

  it('keeps options that DATABASE_URL brings', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c work_mem=5MB');
    const other = await openDatabase({ databaseUrl: url.href, dataDir: '/nonexistent' }, silentLogger, []);
    const { rows } = await other.hot.query(`select current_setting('work_mem') mem, current_setting('jit') jit`);
    expect(rows).toEqual([{ mem: '5MB', jit: 'off' }]);
    await other.close();
  });

  it('refuses to change a run that has ended, in every partition', async () => {
    const id = newUuid();
    await database.source.query(
      `insert into runs (id, event_id, integration_id, definition_id, lane, state, chain_id) values ($1, $1, $1, 1, 1, 4, $1)`,
      [id],
    );
    await expect(database.source.query(`update runs set state = 1 where id = $1`, [id])).rejects.toThrow(/has ended/);
  });
});

describe('notifications', () => {
  let database: Database;
  let heard: (string | null)[];

  beforeEach(async () => {
    database = await openTestDatabase();
    heard = [];
  });
  afterEach(() => database.close());

  const notify = (channel: string, payload: string): Promise<unknown> =>
    database.source.query(`select pg_notify($1, $2)`, [channel, payload]);

  it('arrive once the listening is promised, after a null that says: look for yourself', async () => {
    await database.listen('birds', (payload) => heard.push(payload));
    await notify('birds', 'wren');
    await expectHeard(heard, [null, 'wren']);
  });

  it('reach each handler of a channel, and no other channel, until it ends', async () => {
    const others: (string | null)[] = [];
    const end = await database.listen('birds', (payload) => heard.push(payload));
    await database.listen('Fish "x"', (payload) => others.push(payload));
    const endSecond = await database.listen('birds', (payload) => others.push(payload));
    await notify('birds', 'wren');
    await expectHeard(others, [null, null, 'wren']);
    await end();
    await endSecond();
    await notify('birds', 'owl');
    await notify('Fish "x"', 'eel');
    await expectHeard(others, [null, null, 'wren', 'eel']);
    expect(heard).toEqual([null, 'wren']);
  });

  it('go on after the connection was lost, with a null for what may have been missed', async () => {
    await database.listen('birds', (payload) => heard.push(payload));
    await cutConnections(await database.connect('cutter'));
    await expectHeard(heard, [null, null]);
    await notify('birds', 'wren');
    await expectHeard(heard, [null, null, 'wren']);
  });

  it('go on though a handler throws', async () => {
    await database.listen('birds', () => {
      throw new Error('deaf');
    });
    await database.listen('birds', (payload) => heard.push(payload));
    await notify('birds', 'wren');
    await expectHeard(heard, [null, 'wren']);
  });
});

describe('migrations', () => {
  let empty: TestDatabase;

  beforeEach(async () => {
    empty = await createTestDatabase();
    const client = openClient(empty.url, 'test');
    await client.connect();
    await client.query('drop schema public cascade; create schema public');
    await client.end();
  });
  afterEach(() => empty.drop());

  it('run once where several processes bring them at the same time', async () => {
    const migrated: object[] = [];
    const logger: Logger = {
      debug: () => {},
      warn: () => {},
      error: () => {},
      info: (fields, event) => {
        if (event === 'database.migrated') migrated.push(fields);
      },
    };
    await Promise.all([migrate(empty.url, logger), migrate(empty.url, logger), migrate(empty.url, logger)]);
    await migrate(empty.url, logger);
    expect(migrated).toEqual(migrations.map(({ name }) => ({ name })));
  });

  it('leave the lock to the next one when their process dies', async () => {
    const dying = openClient(empty.url, 'test');
    await dying.connect();
    await dying.query(`select pg_advisory_lock(${0x686c_6d67})`);
    const migrating = migrate(empty.url, silentLogger);
    dying.connection.stream.destroy();
    await migrating;
  });
});

describe('daily partitions', () => {
  let database: Database;
  let query: Query;

  beforeEach(async () => {
    database = await openTestDatabase();
    query = (sql) => database.source.query(sql);
  });
  afterEach(() => database.close());

  const partitionOf = async (uuid: string): Promise<string> =>
    (
      await database.source.query<{ name: string }[]>(
        `with x as (insert into event_payloads values ($1, '{}') returning tableoid) select tableoid::regclass::text name from x`,
        [uuid],
      )
    )[0].name;

  it('are there from yesterday to the day after tomorrow', async () => {
    const day = 86_400_000;
    for (const offset of [-1, 0, 2]) {
      const ms = Date.now() + offset * day;
      const suffix = new Date(ms).toISOString().slice(0, 10).replaceAll('-', '');
      expect(await partitionOf(uuidAt(ms))).toBe(`event_payloads_${suffix}`);
    }
    expect(await partitionOf(uuidAt(Date.now() + 30 * day))).toBe('event_payloads_default');
  });

  it('hold exactly their UTC day', async () => {
    await ensurePartitions(query, { fromDay: new Date('2027-03-01T13:00:00Z'), days: 1 });
    expect(await partitionOf(uuidAt(Date.parse('2027-03-01T00:00:00.000Z')))).toBe('event_payloads_20270301');
    expect(await partitionOf(uuidAt(Date.parse('2027-03-01T23:59:59.999Z')))).toBe('event_payloads_20270301');
    expect(await partitionOf(uuidAt(Date.parse('2027-03-02T00:00:00.000Z')))).toBe('event_payloads_default');
  });

  it('have the indexes, the guard and the fillfactor of their tables', async () => {
    await ensurePartitions(query, { fromDay: new Date('2027-03-01'), days: 1 });
    const rows = await database.source.query(
      `select relname name, reloptions options, (select count(*)::int from pg_index where indrelid = c.oid) indexes,
         (select count(*)::int from pg_trigger where tgrelid = c.oid) triggers
       from pg_class c where relname in ('runs_20270301', 'attempts_20270301') order by 1`,
    );
    expect(rows).toEqual([
      { name: 'attempts_20270301', options: ['fillfactor=100'], indexes: 1, triggers: 0 },
      { name: 'runs_20270301', options: ['fillfactor=80'], indexes: 8, triggers: 1 },
    ]);
    const loose = await database.source.query(
      `select indexrelid::regclass::text name from pg_index i join pg_class c on c.oid = i.indexrelid
       where c.relname like 'runs_20270301%' and not exists (select from pg_inherits where inhrelid = i.indexrelid)`,
    );
    expect(loose).toEqual([]); // each belongs to the index of the whole table
  });

  it('are made once, however often and by however many they are asked for', async () => {
    const days = { fromDay: new Date('2027-03-01'), days: 3 };
    const reports = await Promise.all([1, 2, 3, 4].map(() => ensurePartitions(query, days)));
    expect(reports.flatMap((report) => report.refused)).toEqual([]);
    expect(await ensurePartitions(query, days)).toEqual({ made: [], refused: [] });
  });

  it('leave a day alone that has rows in the default partition, say so, and make the others', async () => {
    await partitionOf(uuidAt(Date.parse('2027-03-02T12:00:00Z')));
    const report = await ensurePartitions(query, { fromDay: new Date('2027-03-01'), days: 3 });
    expect(report.made).toHaveLength(17);
    expect(report.refused).toEqual([
      { name: 'event_payloads_20270302', reason: expect.stringContaining('default partition') as string },
    ]);
  });

  it('do not wait behind a reader of the default partition for ever', async () => {
    const reader = await database.connect('reader');
    await reader.query('begin; select * from events_default');
    const report = await ensurePartitions(query, { fromDay: new Date('2027-03-01'), days: 1, lockTimeoutMs: 100 });
    expect(report.refused).toEqual([{ name: 'events_20270301', reason: expect.stringContaining('lock') as string }]);
    await reader.end();
  });
});

const uuidAt = (ms: number): string => {
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${Math.random().toString(16).slice(2, 14).padEnd(12, '0')}`;
};

/** Passes bytes on until it is frozen: then no more on the connections of before, and no end of them either. */
async function proxyTo(target: string): Promise<{ url: string; freeze(): void; close(): void }> {
  const { hostname, port } = new URL(target);
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    sockets.push(client, upstream);
    client.on('error', () => upstream.destroy()).pipe(upstream);
    upstream.on('error', () => client.destroy()).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    freeze: () => sockets.forEach((socket) => socket.unpipe().pause()),
    close: () => {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}

/** A statement that is busy for as long as another connection has this lock. */
const TAKE_LOCK = 'select pg_advisory_lock(1, 2)';

/** All but the one that does it, which ends last. */
async function cutConnections(cutter: Awaited<ReturnType<Database['connect']>>): Promise<void> {
  await cutter.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await cutter.end();
}

/** Waits for as many, and takes no others. */
async function expectHeard(heard: (string | null)[], expected: (string | null)[]): Promise<void> {
  await until('it is heard', () => heard.length >= expected.length);
  expect(heard).toEqual(expected);
}
