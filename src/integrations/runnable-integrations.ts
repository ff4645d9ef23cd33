import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Definition } from '../core/definition.js';
import { HooklineError, invalid, notFound } from '../core/errors.js';
import { formatId } from '../core/id.js';
import { parseJson } from '../core/json.js';
import { DefinitionStore } from '../runs/definition-store.js';
import { Integration, stateOf, type IntegrationState } from './integration.entity.js';
import { VersionsService } from './versions.service.js';

/** A definition that a run can be made of now. */
export interface RunnableIntegration {
  integrationId: string;
  name: string;
  state: IntegrationState;
  /** Null: the draft. */
  version: number | null;
  definitionId: number;
  definition: Definition;
}

/** Integrations for those who make runs of them by hand. */
@Injectable()
export class RunnableIntegrations {
  constructor(
    private readonly versions: VersionsService,
    private readonly definitions: DefinitionStore,
  ) {}

  /**
   * Null where there is no such integration. Throws a conflict where nothing is published, and a 422 with everything
   * that keeps a draft from running.
   */
  async find(tx: EntityManager, id: string, which: 'current' | 'draft'): Promise<RunnableIntegration | null> {
    const row = await tx.findOneBy(Integration, { id });
    if (!row) return null;
    const named = { integrationId: id, name: row.name, state: stateOf(row) };
    if (which === 'draft') {
      const definition = parseJson(row.draft) as Definition;
      const faults = await this.versions.faults(tx, definition);
      if (faults.length > 0) throw invalid('invalid_definition', faults);
      return { ...named, version: null, definitionId: await this.definitions.pin(tx, definition), definition };
    }
    const current = await this.versions.current(tx, row);
    if (current === null) {
      const message = `${JSON.stringify(row.name)} was never published: publish it, or turn it On.`;
      throw new HooklineError('conflict', 'not_published', message);
    }
    return { ...named, ...current, definition: await this.definitions.get(current.definitionId, tx) };
  }

  /** What is published of one that is On. Throws a 404, and a conflict where it is not On. */
  async on(tx: EntityManager, id: string): Promise<RunnableIntegration> {
    const row = await tx.findOneBy(Integration, { id });
    if (row && stateOf(row) !== 'on') {
      const fix = row.archivedAt === null ? 'is Off: turn it On first.' : 'is archived: unarchive it, then turn it On.';
      throw new HooklineError('conflict', 'integration_off', `${JSON.stringify(row.name)} ${fix}`);
    }
    const found = row && (await this.find(tx, id, 'current'));
    if (!found) throw notFound('integration', formatId('int', id));
    return found;
  }
}
