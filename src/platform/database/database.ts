import pg from 'pg';
import { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import type { Logger } from '../logging/logger.js';
import { openClient, openPool, poolConfig } from './connections.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/embedded-postgres.js';
import { Listener, type NotificationHandler } from './listener.js';
import { migrate } from './migrate.js';

export { isUnavailable } from './is-unavailable.js';

const HOT_CONNECTIONS = 12;
const EVERYDAY_CONNECTIONS = 8;
const CLOSE_TIMEOUT_MS = 10_000;

/** The one way to PostgreSQL, embedded or not; also the token it is injected by. */
export class Database {
  private closing: Promise<void> | null = null;

  constructor(
    /** Holds the password: never log it. */
    readonly url: string,
    /** Everyday reads and writes, and transactions. */
    readonly source: DataSource,
    /** The few statements of the hot path, under planner settings that suit nothing else. */
    readonly hot: pg.Pool,
    private readonly listener: Listener,
    private readonly embedded: EmbeddedPostgres | null,
    private readonly logger: Logger,
  ) {}

  /** A pool of its own for a library that wants one; whoever asked for it ends it. */
  openPool(max: number): pg.Pool {
    return openPool(this.url, { name: 'jobs', max }, this.logger);
  }

  /**
   * Calls `handler` for every NOTIFY on `channel`, and with null after each time the connection was made, the first
   * time too: what was sent before then is lost. Resolves when the database listens; the answer ends it.
   */
  listen(channel: string, handler: NotificationHandler): Promise<() => Promise<void>> {
    return this.listener.listen(channel, handler);
  }

  /**
   * A connection of the caller's own, for what a pool cannot do: session locks above all. Whoever asked for it ends it;
   * losing it emits `end` and throws nothing. `purpose` is what the server shows it as.
   */
  async connect(purpose = 'session'): Promise<pg.Client> {
    const client = openClient(this.url, `hookline ${purpose}`);
    try {
      await client.connect();
      return client;
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
  }

  /** Waits ten seconds at most for statements in flight; last of all stops the embedded server, if nobody else uses it. */
  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_TIMEOUT_MS)));
    await Promise.race([
      Promise.allSettled([this.listener.close(), this.hot.end(), this.source.isInitialized && this.source.destroy()]),
      timeout,
    ]);
    clearTimeout(timer);
    await this.embedded?.stop();
  }
}

/**
 * Starts or joins the embedded server where no DATABASE_URL is set, migrates, and opens the pools. `entities` are the
 * classes of all modules: the composition root knows them.
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  logger: Logger,
  entities: Function[],
): Promise<Database> {
  const embedded =
    config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir, logger }) : null;
  const url = config.databaseUrl ?? embedded!.url;
  try {
    await migrate(url, logger);
    const everyday = { name: 'everyday', max: EVERYDAY_CONNECTIONS } as const;
    const source = new DataSource({
      type: 'postgres',
      driver: pg,
      url,
      entities,
      extra: poolConfig(url, everyday, logger),
      invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
      installExtensions: false,
      poolErrorHandler: (error: Error) =>
        logger.warn({ pool: everyday.name, error: error.message }, 'database.connection_lost'),
    });
    await source.initialize();
    const hot = openPool(url, { name: 'hot', max: HOT_CONNECTIONS }, logger);
    return new Database(url, source, hot, new Listener(url, logger), embedded, logger);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
