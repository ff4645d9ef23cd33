import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { formatId, parseId } from '../core/id.js';
import type { RunError } from '../core/run.js';
import { Database } from '../platform/database/database.js';
import { Logger } from '../platform/logging/logger.js';
import type { Transport } from '../platform/http/transport.js';
import { SealError } from '../platform/secrets/key-ring.js';
import { Secrets } from '../platform/secrets/secrets.js';
import { isOAuth, type ConnectionAuth } from './connection-auth.js';
import { CONNECTIONS_CHANNEL } from './connection-signals.js';
import { OAuthTokens, type TokenLookup } from './oauth/oauth-tokens.service.js';
import { secretPlace } from './oauth/token-store.js';
import { SignIn } from './sign-in.js';
import { TransportSeal } from './transport/transport-seal.js';

export type SignInLookup =
  /** `tokenVersion`: of an access token that others can follow, where the connection has one (`SignIns.refuse`). */
  | { kind: 'ready'; signIn: SignIn; tokenVersion: number | null }
  | { kind: 'failed'; error: RunError }
  /** What is missing may come back: a run should wait for it rather than fail. Null: nobody knows until when. */
  | { kind: 'waiting'; error: RunError; delayMs: number | null };

const TTL_MS = 30_000;
const MAX_CACHED = 2_000;

interface Row {
  id: string;
  name: string;
  allowed_hosts: string[];
  auth: string;
  secret: string | null;
  transport: string | null;
  transport_secret: string | null;
}

interface Entry {
  found: Promise<SignInLookup>;
  /** By `performance.now()`. */
  until: number;
}

/**
 * Sign-ins ready to use, read and opened once and then answered from memory: a run costs no query. A change makes every
 * process forget (NOTIFY); half a minute bounds what a lost notification could cost.
 */
@Injectable()
export class SignIns implements OnModuleInit, OnModuleDestroy {
  private readonly cache = new Map<string, Entry>();
  private unlisten: (() => Promise<void>) | null = null;

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly tokens: OAuthTokens,
    private readonly transports: TransportSeal,
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
    const loading = this.load(id);
    const entry: Entry = { found: loading.then(({ lookup }) => lookup), until: Infinity };
    this.cache.set(id, entry);
    loading.then(
      ({ keepMs }) => (entry.until = performance.now() + keepMs),
      () => this.cache.get(id) === entry && this.cache.delete(id),
    );
    return entry.found;
  }

  /**
   * A receiver answered 401 to a call that was signed with tokens of this version. True: the call is worth another try,
   * with the sign-in that `of` then gives.
   */
  async refuse(connectionId: string, tokenVersion: number): Promise<boolean> {
    const id = parseId('con', connectionId);
    if (id === null || !(await this.tokens.refuse(id, tokenVersion))) return false;
    this.forget(id);
    return true;
  }

  /** Null: all of them. */
  forget(id: string | null): void {
    if (id === null) this.cache.clear();
    else this.cache.delete(id);
  }

  /** With how long the answer may be given to others. */
  private async load(id: string): Promise<{ lookup: SignInLookup; keepMs: number }> {
    const [row] = await this.database.source.query<Row[]>(
      `select id, name, allowed_hosts, auth, secret, transport, transport_secret from connections where id = $1`,
      [id],
    );
    if (!row) return { lookup: gone(formatId('con', id)), keepMs: TTL_MS };
    let auth: ConnectionAuth;
    let transport: Transport | undefined;
    try {
      const secret = row.secret === null ? '{}' : await this.secrets.open(row.secret, secretPlace(id));
      auth = { ...JSON.parse(row.auth), ...JSON.parse(secret) } as ConnectionAuth;
      transport = await this.transports.open(id, { ...row, transportSecret: row.transport_secret });
    } catch (error) {
      return this.unreadable(row, error);
    }
    if (isOAuth(auth)) return this.withToken(row, transport);
    const signIn = new SignIn(row.name, row.allowed_hosts, auth, transport);
    return { lookup: { kind: 'ready', signIn, tokenVersion: null }, keepMs: TTL_MS };
  }

  private async withToken(
    row: Row,
    transport: Transport | undefined,
  ): Promise<{ lookup: SignInLookup; keepMs: number }> {
    let token: TokenLookup;
    try {
      token = await this.tokens.of(row.id);
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      return this.unreadable(row, error);
    }
    if (token.kind === 'gone') return { lookup: gone(formatId('con', row.id)), keepMs: 0 };
    const leftMs = token.untilMs === null ? TTL_MS : Math.max(0, token.untilMs - Date.now());
    const keepMs = Math.min(TTL_MS, leftMs);
    if (token.kind === 'waiting') {
      const message = `The connection "${row.name}" cannot be used now. ${token.error.message}`;
      const delayMs = token.untilMs === null ? null : leftMs;
      return { lookup: { kind: 'waiting', error: { code: token.error.code, message }, delayMs }, keepMs };
    }
    const bearer = { type: 'bearer', token: token.accessToken } as const;
    const signIn = new SignIn(row.name, row.allowed_hosts, bearer, transport);
    return { lookup: { kind: 'ready', signIn, tokenVersion: token.version }, keepMs };
  }

  private unreadable({ id, name }: Row, error: unknown): { lookup: SignInLookup; keepMs: number } {
    const reason = error instanceof SealError ? error.message : 'The key that seals secrets cannot be read.';
    this.logger.error({ connection: formatId('con', id), reason }, 'connections.unreadable');
    const message = `The secret of the connection "${name}" cannot be opened. ${reason}`;
    return { lookup: { kind: 'waiting', error: { code: 'auth', message }, delayMs: null }, keepMs: TTL_MS };
  }

  /** Says at the start, not at the first run, that a key is missing. Everything else goes on. */
  private async checkKeys(): Promise<void> {
    const rows = await this.database.source.query<{ id: string }[]>(
      `select split_part(secret, '.', 2) id from connections where secret is not null
       union select split_part(transport_secret, '.', 2) from connections where transport_secret is not null
       union select split_part(tokens, '.', 2) from oauth_tokens where tokens is not null`,
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
