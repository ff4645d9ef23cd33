import pg from 'pg';
import type { Logger } from '../logging/logger.js';
import { BoundedClient } from './bounded-client.js';

/**
 * Every wait on the database ends: for a connection, for a statement, and for an answer over a connection that is dead
 * without anybody knowing. Nothing on the hot path takes seconds, so it learns of a dead one within ten.
 */
const CONNECT_TIMEOUT_MS = 10_000;
const HOT_TIMEOUTS = { statement_timeout: 8_000, query_timeout: 10_000 };
const EVERYDAY_TIMEOUTS = { statement_timeout: 30_000, query_timeout: 35_000 };
const IDLE_IN_TRANSACTION_MS = 60_000;
/** A dead idle connection is noticed ten seconds later: Node then probes once a second, ten times. */
const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 2_000 };

/**
 * Planner settings of the hot path. A generic plan made while a table was empty would scan it for minutes; disabling
 * plans inflates their costs, which would start the JIT compiler (measured: 2,271 → 669 runs/s): hence `jit=off` with it.
 */
const HOT_OPTIONS =
  '-c jit=off -c enable_seqscan=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan -c synchronous_commit=on';
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
    Client: BoundedClient,
    ...(name === 'hot' ? HOT_TIMEOUTS : EVERYDAY_TIMEOUTS),
    ...KEEP_ALIVE,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
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
  const client = new BoundedClient({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: EVERYDAY_TIMEOUTS.query_timeout,
    ...KEEP_ALIVE,
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
