import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { formatId } from '../core/id.js';
import type { Role } from '../core/role.js';
import type { Caller } from '../platform/api/caller.js';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { Logger } from '../platform/logging/logger.js';
import { KEYS_CHANNEL } from './api-keys.service.js';
import { bytesOf, hashOfKey, hashOfToken, looksLikeKey } from './secrets.js';
import { IDLE_MS } from './sessions.service.js';
import { Touches } from './touches.js';
import { Verified } from './verified.js';

interface Known {
  caller: Caller;
  /** Judged on every request, also for what was read a moment ago. */
  endsAtMs: number;
}

interface KeyRow {
  id: string;
  name: string;
  role: Role;
  hash: Buffer;
  ends_at: Date | null;
}

interface SessionRow {
  hash: Buffer;
  api_key_id: string | null;
  name: string;
  role: Role;
  ends_at: Date;
}

/**
 * Who a key or a session stands for. Known ones are answered from memory for five seconds; revoking a key or signing
 * out makes every process forget at once (NOTIFY), and the five seconds bound what a lost notification could cost.
 */
@Injectable()
export class KnownCallers implements OnModuleInit, OnModuleDestroy {
  private readonly keys: Verified<Known>;
  private readonly sessions: Verified<Known>;
  private readonly touches = new Touches();
  private readonly environment: { hash: string; caller: Caller } | null;
  private unlisten: (() => Promise<void>) | null = null;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly logger: Logger,
  ) {
    this.keys = new Verified((hashes) => this.loadKeys(hashes));
    this.sessions = new Verified((hashes) => this.loadSessions(hashes));
    this.environment =
      config.adminApiKey === null
        ? null
        : {
            hash: hashOfKey(config.adminApiKey),
            caller: { kind: 'api-key', id: 'environment', name: 'environment', role: 'administrator' },
          };
  }

  async onModuleInit(): Promise<void> {
    this.unlisten = await this.database.listen(KEYS_CHANNEL, () => this.forget());
  }

  async onModuleDestroy(): Promise<void> {
    await this.unlisten?.();
  }

  forget(): void {
    this.keys.forget();
    this.sessions.forget();
  }

  /** Answers at once where it can: a promise per request would be felt at thousands of events a second. */
  ofKey(key: string): Caller | null | Promise<Caller | null> {
    if (!looksLikeKey(key)) return null;
    const hash = hashOfKey(key);
    if (this.environment?.hash === hash) return this.environment.caller;
    return this.of(this.keys, hash, `update api_keys set last_used_at = now() where hash = $1`);
  }

  ofToken(token: string): Caller | null | Promise<Caller | null> {
    const hash = hashOfToken(token, this.config.adminApiKey);
    if (hash === null) return null;
    return this.of(this.sessions, hash, `update sessions set seen_at = now() where hash = $1`);
  }

  private of(from: Verified<Known>, hash: string, touch: string): Caller | null | Promise<Caller | null> {
    const nowMs = Date.now();
    const known = from.peek(hash, nowMs);
    if (known !== undefined) return this.live(known, hash, touch, nowMs);
    return from.find(hash).then((found) => (found === null ? null : this.live(found, hash, touch, Date.now())));
  }

  private live({ caller, endsAtMs }: Known, hash: string, touch: string, nowMs: number): Caller | null {
    if (nowMs >= endsAtMs) return null;
    if (this.touches.due(hash, nowMs)) {
      this.database.source.query(touch, [bytesOf(hash)]).catch((error: unknown) => {
        this.logger.debug({ error: (error as Error).message }, 'access.touch_failed');
      });
    }
    return caller;
  }

  private async loadKeys(hashes: string[]): Promise<Map<string, Known>> {
    const rows: KeyRow[] = await this.database.source.query(
      `select id, name, role, hash, expires_at as ends_at from api_keys
        where hash = any($1::bytea[]) and revoked_at is null`,
      [hashes.map(bytesOf)],
    );
    return new Map(
      rows.map(({ id, name, role, hash, ends_at }) => [
        hash.toString('base64url'),
        {
          caller: { kind: 'api-key', id: formatId('key', id), name, role },
          endsAtMs: ends_at?.getTime() ?? Infinity,
        },
      ]),
    );
  }

  private async loadSessions(hashes: string[]): Promise<Map<string, Known>> {
    const rows: SessionRow[] = await this.database.source.query(
      `select s.hash, s.api_key_id, s.name, s.role,
              least(s.expires_at, s.seen_at + $2 * interval '1 ms', k.expires_at) as ends_at
         from sessions s left join api_keys k on k.id = s.api_key_id
        where s.hash = any($1::bytea[]) and k.revoked_at is null`,
      [hashes.map(bytesOf), IDLE_MS],
    );
    return new Map(
      rows.map(({ hash, api_key_id, name, role, ends_at }) => [
        hash.toString('base64url'),
        {
          caller: {
            kind: 'session',
            id: api_key_id === null ? 'environment' : formatId('key', api_key_id),
            name,
            role,
          },
          endsAtMs: ends_at.getTime(),
        },
      ]),
    );
  }
}
