import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newUuid } from '../../core/id.js';
import type { RunError, RunErrorCode } from '../../core/run.js';
import { Database } from '../../platform/database/database.js';
import { enqueue } from '../../platform/queue/jobs.js';
import type { Transport } from '../../platform/http/transport.js';
import type { KnownPlace } from '../../platform/secrets/sealed-columns.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import type { Tokens } from '../../platform/oauth/tokens.js';
import { CONNECTIONS_CHANNEL, CONNECTION_READY_JOB } from '../connection-signals.js';
import type { OAuthAuth } from '../connection-auth.js';
import { TransportSeal } from '../transport/transport-seal.js';
import type { ConnectionStatus, HeldTokens } from './token-state.js';

/** A connection and its tokens, opened: for the refresh alone. */
export interface OpenTokens extends HeldTokens {
  auth: OAuthAuth;
  transport: Transport | undefined;
  refreshToken: string | null;
  failures: number;
}

/** What reads show of tokens. */
export interface ShownTokens {
  status: ConnectionStatus;
  hint: string | null;
  refreshable: boolean;
  expiresAt: number | null;
  error: RunError | null;
}

/** What is stored where somebody signs in, pastes a token, or forgets them. */
export type NewTokens =
  (Pick<Tokens, 'refreshToken' | 'obtainedAt' | 'expiresAt'> & { accessToken: string | null }) | null;

/** A call to a token endpoint ends after 15 s; a lease must outlive it and the write that follows. */
const LEASE_SECONDS = 30;
/** Tokens that came after a 401 and are refused again within this time are not to blame for it. */
const REFUSED_AGAIN_SECONDS = 5;
/** Of a shorter token four characters would be too much to show. */
const MIN_HINTED_CHARS = 8;

/** The rows of `oauth_tokens`. Everything written names the version it knew, and comes to nothing where it is older. */
@Injectable()
export class TokenStore {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly transports: TransportSeal,
  ) {}

  /** Null: no such connection, or none with tokens. Throws `SealError`. */
  async find(id: string): Promise<OpenTokens | null> {
    const [row] = await this.database.source.query<Row[]>(
      `select c.auth, c.secret, c.transport, c.transport_secret, t.version, t.status, t.tokens, t.refreshable, t.obtained_at, t.expires_at,
              t.refused_version, t.failures, t.retry_at, t.error_code, t.error_message
         from connections c join oauth_tokens t on t.connection_id = c.id where c.id = $1`,
      [id],
    );
    if (!row) return null;
    const secret = row.secret === null ? '{}' : await this.secrets.open(row.secret, secretPlace(id));
    const tokens = row.tokens === null ? '{}' : await this.secrets.open(row.tokens, tokensPlace(id));
    const { accessToken = null, refreshToken = null } = JSON.parse(tokens) as Partial<SealedTokens>;
    return {
      auth: { ...JSON.parse(row.auth), ...JSON.parse(secret) } as OAuthAuth,
      transport: await this.transports.open(id, { ...row, transportSecret: row.transport_secret }),
      version: row.version,
      status: row.status,
      accessToken,
      refreshToken,
      refreshable: row.refreshable,
      obtainedAt: row.obtained_at?.getTime() ?? null,
      expiresAt: row.expires_at?.getTime() ?? null,
      refused: row.refused_version === row.version,
      failures: row.failures,
      retryAt: row.retry_at?.getTime() ?? null,
      error: errorOf(row),
    };
  }

  /** By connection; of those that have tokens or could have some. */
  async shown(db: EntityManager, ids: string[]): Promise<Map<string, ShownTokens>> {
    if (ids.length === 0) return new Map();
    const rows = await db.query<(Row & { connection_id: string })[]>(
      `select connection_id, status, hint, refreshable, expires_at, error_code, error_message
         from oauth_tokens where connection_id = any($1::uuid[])`,
      [ids],
    );
    return new Map(
      rows.map(({ connection_id: id, ...row }) => [
        id,
        {
          status: row.status,
          hint: row.hint,
          refreshable: row.refreshable,
          expiresAt: row.expires_at?.getTime() ?? null,
          error: errorOf(row),
        },
      ]),
    );
  }

  /**
   * What a person did: signed in, pasted a token or forgot them (null): whatever refresh is under way comes too late. Or
   * changed something else of the registration (`keep`): a refresh that failed is tried again at once, and what one
   * under way brings is welcome.
   */
  async put(tx: EntityManager, id: string, type: OAuthAuth['type'], change: NewTokens | 'keep'): Promise<void> {
    await tx.query(`insert into oauth_tokens (connection_id, version) values ($1, 0) on conflict do nothing`, [id]);
    if (change === 'keep') {
      await tx.query(
        `update oauth_tokens set failures = 0, retry_at = case when retry_at is not null then now() end
          where connection_id = $1`,
        [id],
      );
      return;
    }
    await this.write(tx, id, null, type, change);
  }

  /** Where the connection signs in in another way from now on. Its row stays, and with it the count of versions. */
  async forget(tx: EntityManager, id: string): Promise<void> {
    await tx.query(
      `update oauth_tokens set version = version + 1, status = 'not-connected', tokens = null, hint = null,
              refreshable = false, expires_at = null, error_code = null, error_message = null
        where connection_id = $1`,
      [id],
    );
  }

  /** Stores what a provider gave for tokens of this version. False: somebody was faster, nothing was written. */
  async renewed(id: string, version: number, type: OAuthAuth['type'], tokens: Tokens): Promise<boolean> {
    return this.database.source.transaction((tx) => this.write(tx, id, version, type, tokens));
  }

  /** Keeps everybody else from refreshing these tokens, for as long as a refresh can take. */
  async lease(id: string, version: number): Promise<string | null> {
    const lease = newUuid();
    const [, count] = await this.database.source.query<[unknown[], number]>(
      `update oauth_tokens set lease = $3, leased_until = now() + interval '${LEASE_SECONDS} s'
        where connection_id = $1 and version = $2 and (leased_until is null or leased_until <= now())`,
      [id, version, lease],
    );
    return count === 1 ? lease : null;
  }

  /** Notes a failed refresh and gives the lease back. `retryDelayMs` null: no other before a person has signed in. */
  async failed(
    id: string,
    lease: string,
    failure: { version: number; error: RunError; status: ConnectionStatus | null; retryDelayMs: number | null },
  ): Promise<void> {
    const { version, error, status, retryDelayMs } = failure;
    await this.database.source.query(
      `with failed as (
         update oauth_tokens set lease = null, leased_until = null, failures = failures + 1,
                status = coalesce($4, status), error_code = $5, error_message = $6,
                retry_at = now() + make_interval(secs => $7::float8 / 1000)
          where connection_id = $1 and version = $2 and lease = $3
         returning 1)
       select pg_notify($8, $1::text) from failed`,
      [id, version, lease, status, error.code, error.message, retryDelayMs, CONNECTIONS_CHANNEL],
    );
  }

  /** Notes why a sign-in came to nothing, where there is no other one that works. */
  async signInFailed(id: string, error: RunError): Promise<void> {
    await this.database.source.query(
      `update oauth_tokens set error_code = $2, error_message = $3 where connection_id = $1 and status <> 'connected'`,
      [id, error.code, error.message],
    );
  }

  /**
   * A receiver answered 401 to the access token of this version. True: another one can be had or is there already, so
   * the call is worth another try.
   */
  async refuse(id: string, version: number): Promise<boolean> {
    const [row] = await this.database.source.query<{ renewable: boolean }[]>(
      `with refused as (
         update oauth_tokens set refused_version = version, refused_at = now()
          where connection_id = $1 and version = $2 and refreshable
            and (refused_at is null or refused_version = version
                 or refused_at < now() - interval '${REFUSED_AGAIN_SECONDS} s')
         returning pg_notify($3, $1::text))
       select exists (select from refused)
           or exists (select from oauth_tokens where connection_id = $1 and version > $2 and status = 'connected')
              as renewable`,
      [id, version, CONNECTIONS_CHANNEL],
    );
    return row.renewable;
  }

  /** One write for every way to new tokens; wakes the runs that wait for them, in the same commit. */
  private async write(
    tx: EntityManager,
    id: string,
    version: number | null,
    type: OAuthAuth['type'],
    tokens: NewTokens,
  ): Promise<boolean> {
    const { accessToken = null, refreshToken = null } = tokens ?? {};
    const sealed = tokens && (await this.secrets.seal(JSON.stringify({ accessToken, refreshToken }), tokensPlace(id)));
    const [, count] = await tx.query<[unknown[], number]>(
      `update oauth_tokens set version = version + 1, status = $3, tokens = $4, hint = $5, refreshable = $6,
              obtained_at = $7, expires_at = $8, refused_version = null,
              refused_at = case when $2::int is not null then refused_at end, lease = null, leased_until = null,
              failures = 0, retry_at = null, error_code = null, error_message = null
        where connection_id = $1 and ($2::int is null or version = $2)`,
      [
        id,
        version,
        tokens ? 'connected' : 'not-connected',
        sealed,
        hintOf(accessToken),
        type === 'oauth2-client-credentials' || refreshToken !== null,
        tokens && new Date(tokens.obtainedAt),
        dateOf(tokens?.expiresAt ?? null),
      ],
    );
    if (count === 0) return false;
    await tx.query(`select pg_notify($1, $2)`, [CONNECTIONS_CHANNEL, id]);
    if (tokens) await enqueue(tx, CONNECTION_READY_JOB, { id }, id);
    return true;
  }
}

interface SealedTokens {
  accessToken: string | null;
  refreshToken: string | null;
}

interface Row {
  auth: string;
  secret: string | null;
  transport: string | null;
  transport_secret: string | null;
  version: number;
  status: ConnectionStatus;
  tokens: string | null;
  hint: string | null;
  refreshable: boolean;
  obtained_at: Date | null;
  expires_at: Date | null;
  refused_version: number | null;
  failures: number;
  retry_at: Date | null;
  error_code: RunErrorCode | null;
  error_message: string | null;
}

export const secretPlace = (id: string): KnownPlace => ({ table: 'connections', id, column: 'secret' });
const tokensPlace = (id: string): KnownPlace => ({ table: 'oauth_tokens', id, column: 'tokens' });

const errorOf = ({ error_code: code, error_message: message }: Row): RunError | null =>
  code === null ? null : { code, message: message ?? code };

const hintOf = (token: string | null): string | null =>
  token === null ? null : `…${token.length < MIN_HINTED_CHARS ? '' : token.slice(-4)}`;

/** The end of time is another one in PostgreSQL than in JavaScript, and nobody waits for either. */
const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(Math.min(ms, 8.64e15)));
