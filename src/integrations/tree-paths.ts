import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** The published state of the integration behind a tree path. */
export interface Tree {
  integrationId: string;
  isOn: boolean;
  version: number;
  definitionId: number;
}

/** Which integration a tree path stands for. */
@Injectable()
export class TreePaths {
  /**
   * Null where there is none, or where it is archived or was never published. It stays as it is until the transaction
   * ends: a run held for one that is being turned On would never be let go.
   */
  async find(tx: EntityManager, path: string): Promise<Tree | null> {
    const rows = await tx.query<Tree[]>(
      `select i.id as "integrationId", i.is_on as "isOn", v.number as version, v.definition_id as "definitionId"
       from integrations i join integration_versions v on v.integration_id = i.id and v.number = i.published_version
       where i.tree_path = $1 and i.archived_at is null
       for share of i`,
      [path],
    );
    return rows[0] ?? null;
  }
}
