import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { HooklineError, invalid, notFound } from '../core/errors.js';
import { formatId, newUuid } from '../core/id.js';
import { check, faultsOf } from '../platform/api/faults.js';
import { decodeCursor, type Page, pageFrom, type PageQuery } from '../platform/api/paging.js';
import { Database } from '../platform/database/database.js';
import { SealError } from '../platform/secrets/key-ring.js';
import { Secrets } from '../platform/secrets/secrets.js';
import {
  isMasked,
  MASK,
  maskedAuth,
  SECRET_MEMBERS,
  splitAuth,
  unmasked,
  type ConnectionAuth,
  type PublicAuth,
} from './connection-auth.js';
import { Connection } from './connection.entity.js';
import { authSchema, type ConnectionPatch, type ConnectionView, type NewConnection } from './connection.schema.js';
import { CONNECTIONS_CHANNEL, SignIns } from './sign-ins.service.js';

interface Use {
  connection_id: string;
  integration_id: string;
  integration_name: string;
}

/** Makes, shows, changes and deletes connections. A secret goes in and never comes out. Ids are UUIDs. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly signIns: SignIns,
  ) {}

  async create({ name, allowedHosts, auth }: NewConnection, createdBy: string): Promise<ConnectionView> {
    const id = newUuid();
    const columns = { id, name, allowedHosts: hostsOf(allowedHosts), createdBy, ...(await this.sealed(id, auth)) };
    await this.database.source.manager.insert(Connection, columns);
    return this.one(id);
  }

  async one(id: string): Promise<ConnectionView> {
    const { manager } = this.database.source;
    const row = await manager.findOneBy(Connection, { id });
    if (!row) throw unknown(id);
    return viewOf(row, await usesOf(manager, [id]));
  }

  /** Newest first. */
  async list({ limit, cursor }: PageQuery): Promise<Page<ConnectionView>> {
    const { manager } = this.database.source;
    const before = decodeCursor(cursor, z.uuid());
    const query = manager
      .createQueryBuilder(Connection, 'connection')
      .orderBy('connection.id', 'DESC')
      .limit(limit + 1);
    if (before !== null) query.where('connection.id < :before', { before });
    const rows = await query.getMany();
    const uses = await usesOf(
      manager,
      rows.map(({ id }) => id),
    );
    return pageFrom(
      rows,
      limit,
      ({ id }) => id,
      (row) => viewOf(row, uses),
    );
  }

  /** What is left out stays as it is; what runs from now on uses the new state. */
  async edit(id: string, { name, allowedHosts, auth }: ConnectionPatch): Promise<ConnectionView> {
    await this.change(id, async (tx, row) => {
      const columns = auth === undefined ? {} : await this.sealed(id, await this.merged(row, auth));
      await tx.update(
        Connection,
        { id },
        {
          name: name ?? row.name,
          allowedHosts: allowedHosts === undefined ? row.allowedHosts : hostsOf(allowedHosts),
          ...columns,
          updatedAt: () => 'now()',
        },
      );
    });
    return this.one(id);
  }

  /** Throws a conflict that names the integrations that use it. */
  async remove(id: string): Promise<void> {
    await this.change(id, async (tx) => {
      // The row is locked: no integration can begin to use it now.
      const uses = await usesOf(tx, [id]);
      if (uses.length > 0) throw inUse(uses);
      await tx.delete(Connection, { id });
    });
  }

  async noteTest(id: string): Promise<void> {
    await this.database.source.query(`update connections set last_tested_at = now() where id = $1`, [id]);
  }

  /** The stored sign-in with the changes in it, whole. Throws a 422 where something is missing then. */
  private async merged(row: Connection, patch: NonNullable<ConnectionPatch['auth']>): Promise<ConnectionAuth> {
    const members = SECRET_MEMBERS[patch.type];
    const given: Record<string, unknown> = Object.fromEntries(
      Object.entries(patch).filter(([key, value]) => value !== undefined && !(members.includes(key) && value === MASK)),
    );
    const stored = JSON.parse(row.auth) as PublicAuth;
    const kept: Record<string, unknown> =
      stored.type === patch.type ? { ...stored, ...(await this.keptSecret(row, members, given)) } : {};
    for (const member of members) if (member in given) given[member] = unmasked(given[member], kept[member]);
    const whole = check(authSchema, { ...kept, ...given });
    if (!whole.success) throw invalid('invalid_request', faultsOf(whole.error, ['auth']));
    return whole.data;
  }

  /** Not opened where every secret is given anew: that is how one whose key was lost is mended. */
  private async keptSecret(
    row: Connection,
    members: readonly string[],
    given: Record<string, unknown>,
  ): Promise<object> {
    if (row.secret === null || members.every((member) => member in given && !isMasked(given[member]))) return {};
    try {
      return JSON.parse(await this.secrets.open(row.secret, placeOf(row.id))) as object;
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      throw new HooklineError('conflict', 'secret_unreadable', `${error.message} Or give the secret again.`);
    }
  }

  private async sealed(id: string, auth: ConnectionAuth): Promise<Pick<Connection, 'auth' | 'secret'>> {
    const { shown, secret } = splitAuth(auth);
    return {
      auth: JSON.stringify(shown),
      secret: secret === null ? null : await this.secrets.seal(JSON.stringify(secret), placeOf(id)),
    };
  }

  private async change(id: string, work: (tx: EntityManager, row: Connection) => Promise<void>): Promise<void> {
    await this.database.source.transaction(async (tx) => {
      const row = await tx
        .createQueryBuilder(Connection, 'connection')
        .addSelect('connection.secret')
        .where({ id })
        .setLock('pessimistic_write')
        .getOne();
      if (!row) throw unknown(id);
      await work(tx, row);
      await tx.query(`select pg_notify($1, $2)`, [CONNECTIONS_CHANNEL, id]);
    });
    this.signIns.forget(id);
  }
}

const placeOf = (id: string) => ({ table: 'connections', id, column: 'secret' });

const hostsOf = (hosts: string[]): string[] => [...new Set(hosts)];

const usesOf = (db: EntityManager, ids: string[]): Promise<Use[]> =>
  db.query<Use[]>(
    `select connection_id, integration_id, integration_name from connection_uses
      where connection_id = any($1::uuid[]) order by integration_id`,
    [ids],
  );

const viewOf = (row: Connection, uses: Use[]): ConnectionView => ({
  id: formatId('con', row.id),
  name: row.name,
  allowedHosts: row.allowedHosts,
  auth: maskedAuth(JSON.parse(row.auth) as PublicAuth) as ConnectionView['auth'],
  usedBy: uses
    .filter((use) => use.connection_id === row.id)
    .map((use) => ({ id: formatId('int', use.integration_id), name: use.integration_name })),
  lastTestedAt: row.lastTestedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  createdBy: row.createdBy,
});

const unknown = (id: string): HooklineError => notFound('connection', formatId('con', id));

const MAX_NAMED = 5;
function inUse(uses: Use[]): HooklineError {
  const names = uses.slice(0, MAX_NAMED).map((use) => JSON.stringify(use.integration_name));
  const more = uses.length > MAX_NAMED ? ` and ${uses.length - MAX_NAMED} more` : '';
  const message = `It is used by ${names.join(', ')}${more}: choose another connection there first.`;
  return new HooklineError('conflict', 'connection_in_use', message);
}
