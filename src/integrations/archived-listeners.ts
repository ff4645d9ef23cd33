import { Injectable } from '@nestjs/common';
import { listenedTypes } from '../core/definition.js';
import { Database } from '../platform/database/database.js';
import { DefinitionStore } from '../runs/definition-store.js';

/** Archived integrations that are looked at for one event. */
const MAX_LOOKED_AT = 500;

/**
 * Archived integrations that would listen to a type: they are no part of the match index, so that an event is not
 * recorded with everything that was ever put away.
 */
@Injectable()
export class ArchivedListeners {
  constructor(
    private readonly database: Database,
    private readonly definitions: DefinitionStore,
  ) {}

  /** Ids of those that were archived already at that time. */
  async find(eventType: string, at: Date): Promise<string[]> {
    const rows = await this.database.source.query<{ id: string; definitionId: number }[]>(
      `select i.id, v.definition_id "definitionId" from integrations i
       join integration_versions v on v.integration_id = i.id and v.number = i.published_version
       where i.archived_at <= $1 order by i.id desc limit ${MAX_LOOKED_AT}`,
      [at],
    );
    const listening: string[] = [];
    for (const { id, definitionId } of rows) {
      const { trigger } = await this.definitions.get(definitionId);
      if (listenedTypes(trigger).includes(eventType)) listening.push(id);
    }
    return listening;
  }
}
