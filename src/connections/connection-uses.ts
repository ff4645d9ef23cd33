import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatId, parseId } from '../core/id.js';
import { addedNames, type AddedNames, type AuthType, type PublicAuth } from './connection-auth.js';
import { shownStatus, type ConnectionStatus } from './oauth/token-state.js';

/** What a definition is judged by before it may run. */
export interface ConnectionFacts {
  name: string;
  type: AuthType;
  allowedHosts: string[];
  adds: AddedNames;
}

export interface SignInNeeded {
  /** A UUID. */
  integrationId: string;
  /** `con_…`. */
  connectionId: string;
  name: string;
}

/** Which integration uses which connection. Written by `integrations`, in the transaction of the change itself. */
@Injectable()
export class ConnectionUses {
  /**
   * Replaces what is noted of an integration. Ids of connections that do not exist are passed over: a draft may name
   * one. While this transaction lasts, none of the others can be deleted.
   * @param connectionIds as definitions name them: `con_…`
   */
  async record(
    tx: EntityManager,
    integration: { id: string; name: string },
    connectionIds: readonly string[],
  ): Promise<void> {
    const ids = uuidsOf(connectionIds);
    await tx.query(`delete from connection_uses where integration_id = $1 and connection_id <> all($2::uuid[])`, [
      integration.id,
      ids,
    ]);
    if (ids.length === 0) return;
    await tx.query(
      `insert into connection_uses (connection_id, integration_id, integration_name)
       select id, $1, $2 from connections where id = any($3::uuid[]) order by id for key share
       on conflict (connection_id, integration_id) do update set integration_name = excluded.integration_name`,
      [integration.id, integration.name, ids],
    );
  }

  /** UUIDs of the integrations that use a connection, by its UUID. */
  async usersOf(db: EntityManager, connectionId: string): Promise<string[]> {
    const rows = await db.query<{ id: string }[]>(
      `select integration_id as id from connection_uses where connection_id = $1`,
      [connectionId],
    );
    return rows.map(({ id }) => id);
  }

  /** Which of these integrations (UUIDs) use a connection that somebody has to sign in to again. */
  async signInsNeeded(db: EntityManager, integrationIds: readonly string[]): Promise<SignInNeeded[]> {
    type Row = SignInNeeded & { status: ConnectionStatus; refreshable: boolean; expiresAt: Date | null };
    const rows = await db.query<Row[]>(
      `select u.integration_id as "integrationId", c.id as "connectionId", c.name, t.status, t.refreshable,
         t.expires_at as "expiresAt"
       from connection_uses u join oauth_tokens t using (connection_id) join connections c on c.id = u.connection_id
       where u.integration_id = any($1::uuid[]) order by c.name, c.id`,
      [integrationIds],
    );
    return rows.flatMap(({ status, refreshable, expiresAt, connectionId, ...use }) => {
      const shown = shownStatus({ status, refreshable, expiresAt: expiresAt?.getTime() ?? null }, Date.now());
      return shown === 'connected' ? [] : [{ ...use, connectionId: formatId('con', connectionId) }];
    });
  }

  /** By id (`con_…`), of those that exist. Inside of a transaction they cannot be deleted or changed until its end. */
  async facts(db: EntityManager, connectionIds: readonly string[]): Promise<Map<string, ConnectionFacts>> {
    const ids = uuidsOf(connectionIds);
    if (ids.length === 0) return new Map();
    const lock = db.queryRunner?.isTransactionActive ? 'for share' : '';
    const rows = await db.query<{ id: string; name: string; allowed_hosts: string[]; auth: string }[]>(
      `select id, name, allowed_hosts, auth from connections where id = any($1::uuid[]) order by id ${lock}`,
      [ids],
    );
    return new Map(
      rows.map(({ id, name, allowed_hosts: allowedHosts, auth: text }) => {
        const auth = JSON.parse(text) as PublicAuth;
        return [formatId('con', id), { name, type: auth.type, allowedHosts, adds: addedNames(auth) }];
      }),
    );
  }
}

const uuidsOf = (ids: readonly string[]): string[] => [...new Set(ids)].flatMap((id) => parseId('con', id) ?? []);
