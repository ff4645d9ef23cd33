import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { HooklineError, invalid, notFound } from '../core/errors.js';
import { formatId, newUuid } from '../core/id.js';
import type { Caller } from '../platform/api/caller.js';
import { check, faultsOf } from '../platform/api/faults.js';
import { decodeCursor, type Page, pageFrom, type PageQuery } from '../platform/api/paging.js';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { Logger } from '../platform/logging/logger.js';
import { enqueue } from '../platform/queue/jobs.js';
import { Secrets } from '../platform/secrets/secrets.js';
import {
  isMasked,
  isOAuth,
  MASK,
  SECRET_MEMBERS,
  splitAuth,
  unmasked,
  type ConnectionAuth,
  type PublicAuth,
} from './connection-auth.js';
import { CONNECTION_READY_JOB, CONNECTIONS_CHANNEL } from './connection-signals.js';
import { usesOf, viewOf, type Use } from './connection-view.js';
import { Connection } from './connection.entity.js';
import { authSchema, type ConnectionPatch, type ConnectionView, type NewConnection } from './connection.schema.js';
import { secretPlace, TokenStore, type NewTokens, type ShownTokens } from './oauth/token-store.js';
import { outgrowsTokens, secretsNeededAgain, type Reach } from './secrets-again.js';
import { SignIns } from './sign-ins.service.js';
import { shownTransport, TransportSeal, type TransportColumns } from './transport/transport-seal.js';
import { unreadable } from './unreadable.js';

/** Makes, shows, changes and deletes connections. A secret goes in and never comes out. Ids are UUIDs. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly secrets: Secrets,
    private readonly signIns: SignIns,
    private readonly tokens: TokenStore,
    private readonly transports: TransportSeal,
    private readonly logger: Logger,
  ) {}

  async create({ name, allowedHosts, auth, tls, proxy }: NewConnection, createdBy: string): Promise<ConnectionView> {
    const id = newUuid();
    const transport = await this.transports.changed(id, NO_TRANSPORT, { tls, proxy });
    const sealed = await this.sealed(id, auth);
    const columns = { id, name, allowedHosts: hostsOf(allowedHosts), createdBy, ...transport, ...sealed };
    await this.database.source.transaction(async (tx) => {
      await tx.insert(Connection, columns);
      if (isOAuth(auth)) await this.tokens.put(tx, id, auth.type, pastedTokens({ ...auth }) ?? null);
    });
    this.noteTrust(id, createdBy, NO_TRANSPORT, transport);
    return this.one(id);
  }

  async one(id: string): Promise<ConnectionView> {
    const { manager } = this.database.source;
    const row = await manager.findOneBy(Connection, { id });
    if (!row) throw unknown(id);
    return this.view(row, await usesOf(manager, [id]), await this.tokens.shown(manager, [id]));
  }

  /** Newest first. */
  async list({ limit, cursor }: PageQuery): Promise<Page<ConnectionView>> {
    const { manager } = this.database.source;
    const before = decodeCursor(cursor, z.uuid());
    const query = manager
      .createQueryBuilder(Connection, 'connection')
      .where(`connection.origin = 'native'`)
      .orderBy('connection.id', 'DESC')
      .limit(limit + 1);
    if (before !== null) query.andWhere('connection.id < :before', { before });
    const rows = await query.getMany();
    const ids = rows.map(({ id }) => id);
    const [uses, tokens] = [await usesOf(manager, ids), await this.tokens.shown(manager, ids)];
    return pageFrom(
      rows,
      limit,
      ({ id }) => id,
      (row) => this.view(row, uses, tokens),
    );
  }

  /**
   * What is left out stays as it is; what runs from now on uses the new state. Whoever is no administrator gives secrets
   * again that the edit would let go elsewhere (`secretsNeededAgain`).
   */
  async edit(id: string, patch: ConnectionPatch, editor: Pick<Caller, 'id' | 'role'>): Promise<ConnectionView> {
    await this.change(id, async (tx, row) => {
      const allowedHosts = patch.allowedHosts === undefined ? row.allowedHosts : hostsOf(patch.allowedHosts);
      const transport = await this.transports.changed(id, row, patch);
      const after = { allowedHosts, transport: shownTransport(transport.transport) };
      const columns = await this.editedAuth(tx, row, patch, after, editor.role === 'administrator');
      await tx.update(
        Connection,
        { id },
        { name: patch.name ?? row.name, allowedHosts, ...transport, ...columns, updatedAt: () => 'now()' },
      );
      this.noteTrust(id, editor.id, row, transport);
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

  async noteTest(id: string, outcome: NonNullable<Connection['lastTestOutcome']>): Promise<void> {
    await this.database.source.query(
      `update connections set last_tested_at = now(), last_test_outcome = $2 where id = $1`,
      [id, outcome],
    );
  }

  private async editedAuth(
    tx: EntityManager,
    row: Connection,
    { auth: patch, tls, proxy }: ConnectionPatch,
    bounds: Omit<Reach, 'auth'>,
    isAdministrator: boolean,
  ): Promise<Partial<Pick<Connection, 'auth' | 'secret' | 'lastTestOutcome'>>> {
    const before = {
      allowedHosts: row.allowedHosts,
      auth: JSON.parse(row.auth) as PublicAuth,
      transport: shownTransport(row.transport),
    };
    const given = patch === undefined ? {} : await this.given(tx, row.id, patch);
    const auth = patch === undefined ? null : await this.merged(row, before.auth, patch.type, given);
    const after = { ...bounds, auth: auth === null ? before.auth : splitAuth(auth).shown };
    const faults = isAdministrator ? [] : secretsNeededAgain(before, after, anewIn(given, proxy?.password));
    if (faults.length > 0) throw invalid('secret_needed', faults);
    await this.editTokens(tx, row.id, pastedTokens(given), before, after, isAdministrator);
    if (auth !== null || tls !== undefined || proxy !== undefined) {
      await enqueue(tx, CONNECTION_READY_JOB, { id: row.id }, row.id);
    }
    if (auth === null) return {};
    return { ...(await this.sealed(row.id, auth)), lastTestOutcome: null };
  }

  private async editTokens(
    tx: EntityManager,
    id: string,
    pasted: NewTokens | undefined,
    before: Reach,
    after: Reach,
    isAdministrator: boolean,
  ): Promise<void> {
    if (isOAuth(after.auth)) {
      const kept = outgrowsTokens(before, after, isAdministrator) ? null : 'keep';
      await this.tokens.put(tx, id, after.auth.type, pasted === undefined ? kept : pasted);
    } else if (isOAuth(before.auth)) await this.tokens.forget(tx, id);
  }

  /** Without what was sent back as it had been read: masks, and the end of an access token. */
  private async given(
    tx: EntityManager,
    id: string,
    patch: NonNullable<ConnectionPatch['auth']>,
  ): Promise<Record<string, unknown>> {
    const hidden = [...SECRET_MEMBERS[patch.type], 'accessToken', 'refreshToken'];
    const hint = (await this.tokens.shown(tx, [id])).get(id)?.hint;
    return Object.fromEntries(
      Object.entries(patch).filter(
        ([key, value]) =>
          value !== undefined && !(hidden.includes(key) && (value === MASK || (value && value === hint))),
      ),
    );
  }

  /** The stored sign-in with the changes in it, whole. Throws a 422 where something is missing then. */
  private async merged(
    row: Connection,
    stored: PublicAuth,
    type: ConnectionAuth['type'],
    given: Record<string, unknown>,
  ): Promise<ConnectionAuth> {
    const members = SECRET_MEMBERS[type];
    const kept: Record<string, unknown> =
      stored.type === type ? { ...stored, ...(await this.keptSecret(row, members, given)) } : {};
    const edited = { ...given };
    for (const member of members) if (member in given) edited[member] = unmasked(given[member], kept[member]);
    const whole = check(authSchema, { ...kept, ...edited });
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
    return JSON.parse(await this.secrets.open(row.secret, secretPlace(row.id)).catch(unreadable)) as object;
  }

  private view(row: Connection, uses: Use[], tokens: ReadonlyMap<string, ShownTokens>): ConnectionView {
    return viewOf(row, uses, tokens, this.config.publicUrl);
  }

  private async sealed(id: string, auth: ConnectionAuth): Promise<Pick<Connection, 'auth' | 'secret'>> {
    const { shown, secret } = splitAuth(auth);
    return {
      auth: JSON.stringify(shown),
      secret: secret === null ? null : await this.secrets.seal(JSON.stringify(secret), secretPlace(id)),
    };
  }

  /** Whoever begins to trust anybody says so in the log. */
  private noteTrust(id: string, by: string, before: TransportColumns, after: TransportColumns): void {
    if (!skipsVerify(after) || skipsVerify(before)) return;
    this.logger.warn({ connection: formatId('con', id), by }, 'connection.tls_not_verified');
  }

  private async change(id: string, work: (tx: EntityManager, row: Connection) => Promise<void>): Promise<void> {
    await this.database.source.transaction(async (tx) => {
      const row = await tx
        .createQueryBuilder(Connection, 'connection')
        .addSelect(['connection.secret', 'connection.transportSecret'])
        .where({ id })
        .setLock('pessimistic_write')
        .getOne();
      if (!row) throw unknown(id);
      if (row.origin !== 'native') throw managedByFace(row);
      await work(tx, row);
      await tx.query(`select pg_notify($1, $2)`, [CONNECTIONS_CHANNEL, id]);
    });
    this.signIns.forget(id);
  }
}

const hostsOf = (hosts: string[]): string[] => [...new Set(hosts)];

const NO_TRANSPORT: TransportColumns = { transport: null, transportSecret: null };

const skipsVerify = ({ transport }: TransportColumns): boolean => shownTransport(transport).tls?.skipVerify === true;

/** Pointers to the secret members that hold no mask of what is stored. */
function anewIn(auth: Record<string, unknown>, proxyPassword: string | null | undefined): Set<string> {
  const members = Object.keys(auth).filter((member) => !isMasked(auth[member]));
  const isPasswordNew = typeof proxyPassword === 'string' && !isMasked(proxyPassword);
  return new Set([...members.map((member) => `/auth/${member}`), ...(isPasswordNew ? ['/proxy/password'] : [])]);
}

/** What a request says of tokens: some, none (null), or nothing. An access token got elsewhere has no known end. */
function pastedTokens(given: Record<string, unknown>): NewTokens | undefined {
  const { accessToken, refreshToken } = given as { accessToken?: string | null; refreshToken?: string | null };
  if (accessToken === undefined && refreshToken === undefined) return undefined;
  if (!accessToken && !refreshToken) return null;
  return {
    accessToken: accessToken || null,
    refreshToken: refreshToken || null,
    obtainedAt: Date.now(),
    expiresAt: null,
  };
}

const unknown = (id: string): HooklineError => notFound('connection', formatId('con', id));

const managedByFace = (row: Connection): HooklineError => {
  const message = `${JSON.stringify(row.name)} signs the calls of a ${row.origin}: change it there.`;
  return new HooklineError('conflict', 'managed_by_face', message);
};

const MAX_NAMED = 5;
function inUse(uses: Use[]): HooklineError {
  const names = uses.slice(0, MAX_NAMED).map((use) => JSON.stringify(use.integration_name));
  const more = uses.length > MAX_NAMED ? ` and ${uses.length - MAX_NAMED} more` : '';
  const message = `It is used by ${names.join(', ')}${more}: choose another connection there first.`;
  return new HooklineError('conflict', 'connection_in_use', message);
}
