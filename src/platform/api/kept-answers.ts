import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { SealError } from '../secrets/key-ring.js';
import type { KnownPlace } from '../secrets/sealed-columns.js';
import { Secrets } from '../secrets/secrets.js';

const KEPT_HOURS = 24;
/** A request without an answer after this long was lost with its process: the key may be used again. */
const LOST_AFTER_MINUTES = 5;

/** Whose key it is: the same text of two callers is two keys. */
export interface IdempotencyKey {
  caller: string;
  key: string;
}

export interface KeptAnswer {
  /** Of the request that came with the key. */
  hash: Buffer;
  /** Null: under way. */
  status: number | null;
  /** Null: not kept. */
  body: string | null;
  headers: Record<string, string>;
}

/** The answers of requests with an `Idempotency-Key`, for 24 hours; their bodies sealed, as they may hold the URL of a hook. */
@Injectable()
export class KeptAnswers {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** True: the key is new, and is under way from now on. */
  async claim({ caller, key }: IdempotencyKey, hash: Buffer): Promise<boolean> {
    const claimed = await this.database.source.query<unknown[]>(
      `insert into idempotency_keys as k (caller, key, hash) values ($1, $2, $3)
       on conflict (caller, key) do update set hash = excluded.hash, created_at = now(), status = null, body = null, headers = null
         where k.created_at < now() - make_interval(hours => ${KEPT_HOURS})
            or (k.status is null and k.created_at < now() - make_interval(mins => ${LOST_AFTER_MINUTES}))
       returning 1`,
      [caller, key, hash],
    );
    return claimed.length > 0;
  }

  async find(id: IdempotencyKey): Promise<KeptAnswer | null> {
    const [row] = await this.database.source.query<(Omit<KeptAnswer, 'headers'> & { headers: string | null })[]>(
      `select hash, status, body, headers from idempotency_keys where caller = $1 and key = $2`,
      [id.caller, id.key],
    );
    if (!row) return null;
    const body = row.body === null ? null : await this.secrets.open(row.body, placeOf(id)).catch(lost);
    return { ...row, body, headers: JSON.parse(row.headers ?? '{}') as Record<string, string> };
  }

  /** @param body null: it may not be kept, or is too long */
  async keep(id: IdempotencyKey, { status, body, headers }: Omit<KeptAnswer, 'hash'>): Promise<void> {
    const sealed = body === null ? null : await this.secrets.seal(body, placeOf(id));
    await this.database.source.query(
      `update idempotency_keys set status = $3, body = $4, headers = $5 where caller = $1 and key = $2`,
      [id.caller, id.key, status, sealed, JSON.stringify(headers)],
    );
  }

  /** The key may be used again: what came with it was refused. */
  async forget({ caller, key }: IdempotencyKey): Promise<void> {
    await this.database.source.query(`delete from idempotency_keys where caller = $1 and key = $2`, [caller, key]);
  }

  async expire(): Promise<void> {
    await this.database.source.query(
      `delete from idempotency_keys where created_at < now() - make_interval(hours => ${KEPT_HOURS})`,
    );
  }
}

const placeOf = ({ caller, key }: IdempotencyKey): KnownPlace => ({
  table: 'idempotency_keys',
  id: `${caller} ${key}`,
  column: 'body',
});

/** Kept by a program that did not seal it, or sealed by a key that is gone. */
function lost(error: unknown): null {
  if (error instanceof SealError) return null;
  throw error;
}
