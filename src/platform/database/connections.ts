import pg from 'pg';
import type { Logger } from '../logging/logger.js';

/** Every wait on the database ends: for a connection, for a statement, and for an answer over a dead connection. */
const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const ANSWER_TIMEOUT_MS = 35_000;
const IDLE_IN_TRANSACTION_MS = 60_000;

/**
 * Planner settings of the hot path. A generic plan made while a table was empty would scan it for minutes; disabling
 * plans inflates their costs, which would start the JIT compiler (measured: 2,271 → 669 runs/s): hence `jit=off` with it.
 */
const HOT_OPTIONS = '-c jit=off -c enable_seqscan=off -c enable_mergejoin=off -c synchronous_commit=on';
const EVERYDAY_OPTIONS = '-c jit=off -c synchronous_commit=on';

export interface PoolSettings {
  name: 'hot' | 'everyday' | 'jobs';
  max: number;
}

/** Also the `extra` of a TypeORM data source, which hands it to a pool of its own. */
export function poolConfig(url: string, { name, max }: PoolSettings, logger: Logger): pg.PoolConfig {
  return {
    connectionString: withServerOptions(url, name === 'hot' ? HOT_OPTIONS : EVERYDAY_OPTIONS),
    application_name: 'hookline',
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 60_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // A client that is checked out has no listener of the pool: without this one a lost connection ends the process.
    onConnect: (client) => {
      client.on('error', (error) => logger.warn({ pool: name, error: error.message }, 'database.connection_lost'));
    },
  };
}

export function openPool(url: string, settings: PoolSettings, logger: Logger): pg.Pool {
  const pool = new pg.Pool(poolConfig(url, settings, logger));
  pool.on('error', (error) => logger.warn({ pool: settings.name, error: error.message }, 'database.connection_lost'));
  return pool;
}

/** A connection of one owner, not yet connected. A statement on it waits 35 s for its answer at most. */
export function openClient(url: string, name: string, connectTimeoutMs: number = CONNECT_TIMEOUT_MS): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  client.on('error', () => {}); // said again by whatever awaits the client
  return client;
}

/** In the URL, because what is there wins over a pool's own settings. The operator's options stay; ours come after. */
function withServerOptions(url: string, options: string): string {
  const parsed = new URL(url);
  const own = parsed.searchParams.get('options');
  parsed.searchParams.set('options', own ? `${own} ${options}` : options);
  return parsed.href;
}
