import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import type { Logger } from '../logging/logger.js';
import { isUnavailable } from './is-unavailable.js';
import { migrations } from './migration-list.js';
import { ensurePartitions } from './partitions.js';

const LOCK_KEY = 0x686c_6d67;
const CONNECT_PATIENCE_MS = 10_000;
const LOCK_WAIT_MS = 10 * 60_000;
const OLDEST_SERVER = 150_000;

/**
 * Brings the schema up to date and makes the coming days' partitions, on one connection of its own that holds a session
 * lock: a second migrator waits and then finds nothing to do. Each migration is one transaction; a crash leaves the
 * ones before it.
 */
export async function migrate(url: string, logger: Logger): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    driver: pg,
    url,
    migrations,
    poolSize: 1,
    connectTimeoutMS: 10_000,
    applicationName: 'hookline migrate',
    installExtensions: false,
    poolErrorHandler: () => {}, // said again by whatever awaits the connection
  });
  await connect(source, logger);
  const runner = source.createQueryRunner();
  try {
    await checkServer(runner, logger);
    await takeLock(runner, logger);
    await runner.query(`select set_config('statement_timeout', '0', false)`);
    const executor = new MigrationExecutor(source, runner);
    executor.transaction = 'each';
    for (const { name } of await executor.executePendingMigrations()) logger.info({ name }, 'database.migrated');
    const report = await ensurePartitions((sql) => runner.query(sql) as Promise<Record<string, unknown>[]>);
    for (const refused of report.refused) logger.warn(refused, 'database.partition_refused');
  } finally {
    await runner.release();
    await source.destroy(); // closes the session, which frees the lock
  }
}

/** A database that was started together with this program gets a moment. */
async function connect(source: DataSource, logger: Logger): Promise<void> {
  const giveUpAt = performance.now() + CONNECT_PATIENCE_MS;
  for (;;) {
    try {
      await source.initialize();
      return;
    } catch (error) {
      if (!isUnavailable(error) || performance.now() > giveUpAt) {
        throw new Error(`The database does not let us in: ${(error as Error).message || String(error)}`, {
          cause: error,
        });
      }
      logger.warn({ error: (error as Error).message }, 'database.waiting');
      await sleep(1_000);
    }
  }
}

async function checkServer(runner: QueryRunner, logger: Logger): Promise<void> {
  const [server] = (await runner.query(
    `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
       current_setting('fsync') as fsync, pg_is_in_recovery() as standby`,
  )) as { version: string; encoding: string; fsync: string; standby: boolean }[];
  if (Number(server.version) < OLDEST_SERVER)
    throw new Error('The database is too old: PostgreSQL 15 or newer is needed.');
  if (server.encoding !== 'UTF8') throw new Error(`The database has encoding ${server.encoding}: it must be UTF8.`);
  if (server.standby) throw new Error('The database is a standby: DATABASE_URL must name the primary.');
  if (server.fsync !== 'on') logger.warn({ fsync: server.fsync }, 'database.unsafe');
}

async function takeLock(runner: QueryRunner, logger: Logger): Promise<void> {
  const giveUpAt = performance.now() + LOCK_WAIT_MS;
  for (let tries = 0; performance.now() < giveUpAt; tries++) {
    const sql = `select pg_try_advisory_lock($1) as locked`;
    const [{ locked }] = (await runner.query(sql, [LOCK_KEY])) as { locked: boolean }[];
    if (locked) return;
    if (tries === 0) logger.info({}, 'database.waiting_for_migration');
    await sleep(100);
  }
  throw new Error('Another process has been migrating this database for ten minutes: look what holds it up.');
}
