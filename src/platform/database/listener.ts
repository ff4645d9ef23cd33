import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../logging/logger.js';
import { openClient } from './connections.js';

/** A payload, or null: connected just now, so that notifications may have been missed. */
export type NotificationHandler = (payload: string | null) => void;

const FIRST_DELAY_MS = 50;
const MAX_DELAY_MS = 5_000;
const PING_EVERY_MS = 4_000;
const PING_TIMEOUT_MS = 3_000;

/** LISTEN for a whole process over one connection, which it keeps up: a pool would hand it to somebody else. */
export class Listener {
  private readonly handlers = new Map<string, Set<NotificationHandler>>();
  private readonly stopped = new AbortController();
  private client: pg.Client | null = null;
  private connecting: Promise<void> | null = null;

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
  ) {}

  /** Resolves when the database listens. The function it answers ends it. */
  async listen(channel: string, handler: NotificationHandler): Promise<() => Promise<void>> {
    const handlers = this.handlers.get(channel) ?? new Set();
    this.handlers.set(channel, handlers.add(handler));
    if (this.client) {
      await this.client.query(`listen ${pg.escapeIdentifier(channel)}`);
      this.tell(handler, null);
    } else {
      await (this.connecting ??= this.connect());
    }
    return async () => {
      handlers.delete(handler);
      if (handlers.size > 0 || this.handlers.get(channel) !== handlers) return;
      this.handlers.delete(channel);
      await this.client?.query(`unlisten ${pg.escapeIdentifier(channel)}`).catch(() => {});
    };
  }

  async close(): Promise<void> {
    this.stopped.abort();
    await this.connecting?.catch(() => {});
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => {});
  }

  private async connect(): Promise<void> {
    for (let delayMs = FIRST_DELAY_MS; !this.stopped.signal.aborted; delayMs = Math.min(delayMs * 2, MAX_DELAY_MS)) {
      const client = openClient(this.url, 'hookline listener', PING_TIMEOUT_MS);
      try {
        await client.connect();
        client.on('notification', ({ channel, payload }) => this.dispatch(channel, payload ?? ''));
        for (const channel of this.handlers.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
        this.adopt(client);
        return;
      } catch (error) {
        void client.end().catch(() => {});
        this.logger.warn({ error: (error as Error).message }, 'database.listener_down');
        await sleep(delayMs, undefined, { signal: this.stopped.signal }).catch(() => {});
      }
    }
  }

  private adopt(client: pg.Client): void {
    this.client = client;
    this.connecting = null;
    const ping = setInterval(() => void this.ping(client), PING_EVERY_MS);
    ping.unref();
    const lost = (): void => {
      clearInterval(ping);
      if (this.client !== client) return;
      this.client = null;
      if (!this.stopped.signal.aborted) this.connecting = this.connect();
    };
    client.once('end', lost);
    client.once('error', lost);
    for (const handlers of this.handlers.values()) for (const handler of handlers) this.tell(handler, null);
  }

  /** A connection can be half open for hours without anybody knowing; one that does not answer is cut. */
  private async ping(client: pg.Client): Promise<void> {
    const timer = setTimeout(() => client.connection.stream.destroy(), PING_TIMEOUT_MS);
    await client.query('select').catch(() => {});
    clearTimeout(timer);
  }

  private dispatch(channel: string, payload: string): void {
    for (const handler of this.handlers.get(channel) ?? []) this.tell(handler, payload);
  }

  private tell(handler: NotificationHandler, payload: string | null): void {
    try {
      handler(payload);
    } catch (error) {
      this.logger.error({ error: (error as Error).message }, 'database.listener_failed');
    }
  }
}
