import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HooklineError, notFound } from '../core/errors.js';
import { formatId, newUuid } from '../core/id.js';
import type { Role } from '../core/role.js';
import { decodeCursor, type Page, pageFrom, type PageQuery } from '../platform/api/paging.js';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { ApiKey } from './api-key.entity.js';
import { type ApiKeyView, cursorSchema, viewOf } from './api-key.schema.js';
import { bytesOf, hashOfKey, newKey } from './secrets.js';

/** Told to every process when a key is revoked or a session ends: see `KnownCallers`. */
export const KEYS_CHANNEL = 'hookline_api_keys';

/** Protects: one first key, however many processes start at once on an empty database. */
const FIRST_KEY_LOCK = `lock table api_keys in share row exclusive mode`;

/** Makes, lists and revokes API keys. A key is seen once, when it is made. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
  ) {}

  async create(
    wish: { name: string; role: Role; expiresAt: Date | null },
    createdBy: string,
  ): Promise<ApiKeyView & { key: string }> {
    return this.database.source.transaction((tx) => insertKey(tx, wish, createdBy));
  }

  /** Newest first, without the revoked ones. */
  async list({ limit, cursor }: PageQuery): Promise<Page<ApiKeyView>> {
    const before = decodeCursor(cursor, cursorSchema);
    const query = this.database.source.manager
      .createQueryBuilder(ApiKey, 'key')
      .where('key.revoked_at is null')
      .orderBy('key.id', 'DESC')
      .limit(limit + 1);
    if (before !== null) query.andWhere('key.id < :before', { before });
    return pageFrom(await query.getMany(), limit, (key) => key.id, viewOf);
  }

  /** It and its sessions are refused from the moment this resolves, and everywhere as soon as the NOTIFY arrives. */
  async revoke(id: string): Promise<void> {
    await this.database.source.transaction(async (tx) => {
      const key = await tx.findOneBy(ApiKey, { id });
      if (key === null || key.revokedAt !== null) throw notFound('API key', formatId('key', id));
      if (key.role === 'administrator') await this.requireAnother(tx, id);
      await tx.query(`update api_keys set revoked_at = now() where id = $1 and revoked_at is null`, [id]);
      await tx.query(`delete from sessions where api_key_id = $1`, [id]);
      await tx.query(`select pg_notify($1, '')`, [KEYS_CHANNEL]);
    });
  }

  /** The administrator's key of an empty database, to be printed once; null where there was a key, or one is configured. */
  async createFirst(): Promise<string | null> {
    if (this.config.adminApiKey !== null) return null;
    return this.database.source.transaction(async (tx) => {
      await tx.query(FIRST_KEY_LOCK);
      if ((await tx.count(ApiKey)) > 0) return null;
      const wish = { name: 'First administrator', role: 'administrator', expiresAt: null } as const;
      return (await insertKey(tx, wish, 'start')).key;
    });
  }

  /** Locks the administrators' keys, so that two revocations at once cannot take the last two. */
  private async requireAnother(tx: EntityManager, id: string): Promise<void> {
    const live: { id: string }[] = await tx.query(
      `select id from api_keys where role = 'administrator' and revoked_at is null
         and (expires_at is null or expires_at > now()) order by id for update`,
    );
    if (this.config.adminApiKey !== null || live.some((other) => other.id !== id)) return;
    throw new HooklineError(
      'conflict',
      'last_administrator_key',
      'This is the last key of an administrator: nobody could get in. Make another one first.',
    );
  }
}

async function insertKey(
  tx: EntityManager,
  { name, role, expiresAt }: { name: string; role: Role; expiresAt: Date | null },
  createdBy: string,
): Promise<ApiKeyView & { key: string }> {
  const key = newKey();
  const row = tx.create(ApiKey, {
    id: newUuid(),
    name,
    role,
    hash: bytesOf(hashOfKey(key)),
    hint: key.slice(-4),
    createdAt: new Date(),
    createdBy,
    expiresAt,
    revokedAt: null,
    lastUsedAt: null,
  });
  await tx.insert(ApiKey, row);
  return { ...viewOf(row), key };
}
