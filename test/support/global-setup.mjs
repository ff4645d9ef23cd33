import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';

const TEMPLATE = 'hookline_template';
const PREFIX = 'hookline-testdb-';
const ABANDONED_AFTER_MS = 60_000;

/** One PostgreSQL for a whole jest run, with a migrated database in it that every test clones. */
export default async function setUp() {
  if (globalThis.hooklineTestServer) return; // jest calls this once for each of its projects
  const { startEmbeddedPostgres } = await built('src/platform/database/embedded/embedded-postgres.js');
  const { migrate } = await built('src/platform/database/migrate.js');
  const { openClient } = await built('src/platform/database/connections.js');
  const { silentLogger: logger } = await built('src/platform/logging/logger.js');

  await removeAbandoned(startEmbeddedPostgres, logger);
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX));
  const server = await startEmbeddedPostgres({ dataDir, logger, fsync: false }).catch(async (error) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  globalThis.hooklineTestServer = {
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  try {
    const client = openClient(server.url, 'hookline tests');
    await client.connect();
    await client.query(`create database ${TEMPLATE}`);
    await client.end();
    const template = new URL(server.url);
    template.pathname = `/${TEMPLATE}`;
    await migrate(template.href, logger);
    await runMigrations({ connectionString: template.href });
    process.env.HOOKLINE_TEST_DATABASE_URL = template.href;
  } catch (error) {
    await globalThis.hooklineTestServer.stop(); // without a setup there is no teardown
    throw error;
  }
}

/** A run that was interrupted left its server behind: whoever stops as the last one out stops it. */
async function removeAbandoned(startEmbeddedPostgres, logger) {
  const { FileLock } = await built('src/platform/database/embedded/file-lock.js');
  for (const name of await readdir(tmpdir())) {
    const dataDir = join(tmpdir(), name);
    if (!name.startsWith(PREFIX) || Date.now() - (await stat(dataDir)).mtimeMs < ABANDONED_AFTER_MS) continue;
    const sole = FileLock.tryTake(join(dataDir, 'postgres.users'), 'exclusive');
    if (!sole) continue;
    sole.release();
    const server = await startEmbeddedPostgres({ dataDir, logger, fsync: false }).catch(() => null);
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function built(path) {
  try {
    return await import(new URL(`../../dist/${path}`, import.meta.url));
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(`dist/${path} is missing: run "npm run build" first.`, { cause: error });
  }
}
