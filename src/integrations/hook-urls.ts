import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Definition, WebhookTrigger } from '../core/definition.js';
import { HooklineError } from '../core/errors.js';
import { parseJson } from '../core/json.js';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { SealError } from '../platform/secrets/key-ring.js';
import type { KnownPlace } from '../platform/secrets/sealed-columns.js';
import { Secrets } from '../platform/secrets/secrets.js';
import { DefinitionStore } from '../runs/definition-store.js';

/** 160 random bits: nobody finds a URL by trying. */
const TOKEN_BYTES = 20;
const TOKEN = /^[\w-]{27}$/;

/** What a token stands for. */
export interface FoundHook {
  /** UUID. */
  integrationId: string;
  /** Of the published version; of the draft where nothing is published, so that a first sample can come in. */
  trigger: WebhookTrigger;
}

/**
 * The addresses at which integrations are called. A token is a capability, so it is looked up by its hash and kept
 * sealed, to be shown again. One that is replaced may go on for a while.
 */
@Injectable()
export class HookUrls {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly definitions: DefinitionStore,
  ) {}

  /** Null where there is no such hook, or where its integration is started by something else now. */
  async find(token: string): Promise<FoundHook | null> {
    if (!TOKEN.test(token)) return null;
    return this.read(
      `hook_urls h join integrations i on i.id = h.integration_id`,
      `h.hash = $1 and (h.expires_at is null or h.expires_at > now())`,
      hashOf(token),
    );
  }

  /** The same for an integration, by its UUID. */
  ofIntegration(id: string): Promise<FoundHook | null> {
    return this.read(`integrations i`, `i.id = $1`, id);
  }

  private async read(from: string, where: string, value: unknown): Promise<FoundHook | null> {
    const [row] = await this.database.source.query<{ id: string; draft: string; definition_id: number | null }[]>(
      `select i.id, i.draft, v.definition_id
       from ${from} left join integration_versions v on v.integration_id = i.id and v.number = i.published_version
       where ${where}`,
      [value],
    );
    if (!row) return null;
    const definition =
      row.definition_id === null ? (parseJson(row.draft) as Definition) : await this.definitions.get(row.definition_id);
    return definition.trigger.type === 'webhook' ? { integrationId: row.id, trigger: definition.trigger } : null;
  }

  /** Makes one where the trigger needs one and there is none yet. */
  async ensure(tx: EntityManager, integrationId: string, trigger: Definition['trigger']): Promise<void> {
    if (trigger.type !== 'webhook') return;
    const known = await tx.query<unknown[]>(`select from hook_urls where integration_id = $1 and expires_at is null`, [
      integrationId,
    ]);
    if (known.length === 0) await this.add(tx, integrationId);
  }

  /** A new token; the old one goes on for so long. The integration's row must be locked by `tx`. */
  async rotate(tx: EntityManager, integrationId: string, overlapSeconds: number): Promise<void> {
    const [, replaced] = await tx.query<[unknown[], number]>(
      `update hook_urls set expires_at = now() + make_interval(secs => $2) where integration_id = $1 and expires_at is null`,
      [integrationId, overlapSeconds],
    );
    if (replaced === 0) {
      const message = 'This integration has no hook URL: give it a trigger of type "webhook".';
      throw new HooklineError('conflict', 'no_hook', message);
    }
    await tx.query(`delete from hook_urls where integration_id = $1 and expires_at <= now()`, [integrationId]);
    await this.add(tx, integrationId);
  }

  /** By integration (UUID), of those that have one that can be opened. */
  async urls(integrationIds: readonly string[]): Promise<Map<string, string>> {
    if (integrationIds.length === 0) return new Map();
    const rows = await this.database.source.query<{ integration_id: string; token: string }[]>(
      `select integration_id, token from hook_urls where integration_id = any($1::uuid[]) and expires_at is null`,
      [integrationIds],
    );
    const opened = await Promise.all(
      rows.map(async ({ integration_id: id, token }): Promise<[string, string][]> => {
        try {
          return [[id, `${this.config.publicUrl}/hooks/${await this.secrets.open(token, placeOf(id))}`]];
        } catch (error) {
          if (error instanceof SealError) return []; // the hook goes on; a new URL can be made
          throw error;
        }
      }),
    );
    return new Map(opened.flat());
  }

  private async add(tx: EntityManager, integrationId: string): Promise<void> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const sealed = await this.secrets.seal(token, placeOf(integrationId));
    await tx.query(`insert into hook_urls (hash, integration_id, token) values ($1, $2, $3)`, [
      hashOf(token),
      integrationId,
      sealed,
    ]);
  }
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const placeOf = (id: string): KnownPlace => ({ table: 'hook_urls', id, column: 'token' });
