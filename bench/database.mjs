import { readFileSync } from 'node:fs';
import pg from 'pg';

/**
 * One PostgreSQL for everything that is measured: the program's own embedded server in a folder of the bench, or the
 * one that BENCH_DATABASE_URL names (its user must be allowed to make databases).
 */
export async function openServer(dataDir) {
  const embedded = process.env.BENCH_DATABASE_URL ? null : await startEmbedded(dataDir);
  const url = new URL(process.env.BENCH_DATABASE_URL ?? embedded.url);
  const query = async (text) => {
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    pid: await postmaster(url.href),
    async createDatabase(name) {
      await query(`drop database if exists ${name} with (force)`);
      await query(`create database ${name}`);
      return Object.assign(new URL(url), { pathname: `/${name}` }).href;
    },
    dropDatabase: (name) => query(`drop database if exists ${name} with (force)`),
    stop: () => embedded?.stop(),
  };
}

async function startEmbedded(dataDir) {
  const { startEmbeddedPostgres } = await import('../dist/src/platform/database/embedded/embedded-postgres.js');
  const quiet = { debug() {}, info() {}, warn: console.error, error: console.error };
  return startEmbeddedPostgres({ dataDir, logger: quiet });
}

// Every backend is a child of the postmaster; null where the server runs elsewhere.
async function postmaster(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('select pg_backend_pid() pid');
    const stat = readFileSync(`/proc/${rows[0].pid}/stat`, 'utf8');
    return stat.includes('(postgres)') ? Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) : null;
  } catch {
    return null;
  } finally {
    await client.end();
  }
}
