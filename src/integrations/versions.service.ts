import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConnectionUses } from '../connections/connection-uses.js';
import { EventTypes } from '../connectors/event-types/event-types.js';
import { listenedTypes, type Definition } from '../core/definition.js';
import { invalid, notFound, type Fault } from '../core/errors.js';
import { parseJson } from '../core/json.js';
import { Database } from '../platform/database/database.js';
import { DefinitionStore } from '../runs/definition-store.js';
import { connectionFaults, connectionsOf } from './connection-faults.js';
import { definitionFaults } from './definition-faults.js';
import { DefinitionUses } from './definition-uses.js';
import { IntegrationVersion } from './integration-version.entity.js';
import { Integration } from './integration.entity.js';

export interface VersionView {
  version: number;
  note: string;
  createdAt: string;
  createdBy: string;
}

export interface Published {
  version: number;
  definitionId: number;
  /** False where the draft was what is published already. */
  isNew: boolean;
}

/** Published states of integrations: immutable, numbered from 1. */
@Injectable()
export class VersionsService {
  constructor(
    private readonly database: Database,
    private readonly definitions: DefinitionStore,
    private readonly connections: ConnectionUses,
    private readonly eventTypes: EventTypes,
    private readonly uses: DefinitionUses,
  ) {}

  /**
   * Makes the draft the next version; an unchanged one answers with the current version. `row` must be locked by
   * `tx`. Throws a 422 with everything that keeps the draft from running.
   */
  async publish(tx: EntityManager, row: Integration, note: string, by: string): Promise<Published> {
    const definition = parseJson(row.draft) as Definition;
    const faults = await this.faults(tx, definition);
    if (faults.length > 0) throw invalid('invalid_definition', faults);
    const definitionId = await this.definitions.pin(tx, definition);
    const current = await this.current(tx, row);
    if (current?.definitionId === definitionId) return { ...current, isNew: false };
    const version = (current?.version ?? 0) + 1;
    await tx.insert(IntegrationVersion, { integrationId: row.id, number: version, definitionId, note, createdBy: by });
    await tx.update(Integration, { id: row.id }, { publishedVersion: version });
    row.publishedVersion = version;
    await this.uses.record(tx, row, [definition]);
    return { version, definitionId, isNew: true };
  }

  /**
   * Everything that keeps a definition from running, by JSON pointer into the integration. Inside of a transaction
   * the answer holds until its end.
   */
  async faults(db: EntityManager, definition: Definition): Promise<Fault[]> {
    const existing = await this.eventTypes.existing(db, listenedTypes(definition.trigger));
    const types = { has: (name: string) => existing.has(name), near: (name: string) => this.eventTypes.near(name) };
    const facts = await this.connections.facts(db, connectionsOf(definition));
    return [...definitionFaults(definition, types), ...connectionFaults(definition, facts)];
  }

  /** What runs now; null where nothing was ever published. */
  async current(
    db: EntityManager,
    row: Pick<Integration, 'id' | 'publishedVersion'>,
  ): Promise<Omit<Published, 'isNew'> | null> {
    if (row.publishedVersion === null) return null;
    const where = { integrationId: row.id, number: row.publishedVersion };
    const { number: version, definitionId } = await db.findOneByOrFail(IntegrationVersion, where);
    return { version, definitionId };
  }

  /** Newest first, numbers below `before`, at most `limit`. */
  async list(integrationId: string, limit: number, before: number | null): Promise<VersionView[]> {
    const rows = await this.database.source.manager
      .createQueryBuilder(IntegrationVersion, 'version')
      .where('version.integrationId = :integrationId', { integrationId })
      .andWhere(before === null ? 'true' : 'version.number < :before', { before })
      .orderBy('version.number', 'DESC')
      .limit(limit)
      .getMany();
    return rows.map(viewOf);
  }

  async one(integrationId: string, version: number): Promise<VersionView & Definition> {
    const row = await this.database.source.manager.findOneBy(IntegrationVersion, { integrationId, number: version });
    if (!row) throw notFound('version', String(version));
    return { ...viewOf(row), ...(await this.definitions.get(row.definitionId)) };
  }
}

const viewOf = (row: IntegrationVersion): VersionView => ({
  version: row.number,
  note: row.note,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
});
