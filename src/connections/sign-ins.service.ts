import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { formatId, parseId } from '../core/id.js';
import type { RunError } from '../core/run.js';
import { Database } from '../platform/database/database.js';
import { Logger } from '../platform/logging/logger.js';
import { SealError } from '../platform/secrets/key-ring.js';
import { Secrets } from '../platform/secrets/secrets.js';
import type { ConnectionAuth } from './connection-auth.js';
import { SignIn } from './sign-in.js';

/** Told to every process when a connection is changed or deleted; the payload is its UUID. */
export const CONNECTIONS_CHANNEL = 'hookline_connections';

/** `waiting`: what is missing may come back, so that a run should wait for it rather than fail. */
export type SignInLookup =
  { kind: 'ready'; signIn: SignIn } | { kind: 'failed'; error: RunError } | { kind: 'waiting'; error: RunError };

const TTL_MS = 30_000;
const MAX_CACHED = 2_000;

interface Row {
  id: string;
  name: string;
  allowed_hosts: string[];
  auth: string;
  secret: string | null;
}

/**
 * Sign-ins ready to use, read and opened once and then answered from memory: a run costs no query. A change makes every
 * process forget (NOTIFY); half a minute bounds what a lost notification could cost.
 */
@Injectable()
export class SignIns implements OnModuleInit, OnModuleDestroy {
  private readonly cache = new Map<string, { found: Promise<SignInLookup>; until: number }>();
  private unlisten: (() => Promise<void>) | null = null;

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    this.unlisten = await this.database.listen(CONNECTIONS_CHANNEL, (id) => this.forget(id));
    await this.checkKeys();
  }

  async onModuleDestroy(): Promise<void> {
    await this.unlisten?.();
  }

  /** @param connectionId `con_…`. Throws only where the database is away. */
  of(connectionId: string): Promise<SignInLookup> {
    const id = parseId('con', connectionId);
    if (id === null) return Promise.resolve(gone(connectionId));
    const known = this.cache.get(id);
    if (known && known.until > performance.now()) return known.found;
    if (!known && this.cache.size >= MAX_CACHED) this.cache.delete(this.cache.keys().next().value!);
    const entry = { found: this.load(id), until: performance.now() + TTL_MS };
    this.cache.set(id, entry);
    entry.found.catch(() => {
      if (this.cache.get(id) === entry) this.cache.delete(id);
    });
    return entry.found;
  }

  /** Null: all of them. */
  forget(id: string | null): void {
    if (id === null) this.cache.clear();
    else this.cache.delete(id);
  }

  private async load(id: string): Promise<SignInLookup> {
    const [row] = await this.database.source.query<Row[]>(
      `select id, name, allowed_hosts, auth, secret from connections where id = $1`,
      [id],
    );
    if (!row) return gone(formatId('con', id));
    const place = { table: 'connections', id, column: 'secret' };
    try {
      const secret = row.secret === null ? '{}' : await this.secrets.open(row.secret, place);
      const auth = { ...JSON.parse(row.auth), ...JSON.parse(secret) } as ConnectionAuth;
      return { kind: 'ready', signIn: new SignIn(row.name, row.allowed_hosts, auth) };
    } catch (error) {
      const reason = error instanceof SealError ? error.message : 'The key that seals secrets cannot be read.';
      this.logger.error({ connection: formatId('con', id), reason }, 'connections.unreadable');
      const message = `The secret of the connection "${row.name}" cannot be opened. ${reason}`;
      return { kind: 'waiting', error: { code: 'auth', message } };
    }
  }

  /** Says at the start, not at the first run, that a key is missing. Everything else goes on. */
  private async checkKeys(): Promise<void> {
    const rows = await this.database.source.query<{ id: string }[]>(
      `select distinct split_part(secret, '.', 2) id from connections where secret is not null`,
    );
    const missing = await this.secrets.missing(rows.map(({ id }) => id));
    if (missing.length === 0) return;
    const message = `HOOKLINE_SECRET_KEY does not hold every key that connections were sealed with: runs that use them wait.`;
    this.logger.error({ missing, message }, 'connections.key_missing');
  }
}

const gone = (id: string): SignInLookup => ({
  kind: 'failed',
  error: { code: 'auth', message: `The connection ${id} does not exist any more: choose another one for this step.` },
});
