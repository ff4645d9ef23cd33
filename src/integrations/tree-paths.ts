import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';

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
  constructor(private readonly database: Database) {}

  /** Null where there is none, or where it is archived or was never published. */
  async find(path: string): Promise<Tree | null> {
    const rows = await this.database.source.query<Tree[]>(
      `select i.id as "integrationId", i.is_on as "isOn", v.number as version, v.definition_id as "definitionId"
       from integrations i join integration_versions v on v.integration_id = i.id and v.number = i.published_version
       where i.tree_path = $1 and i.archived_at is null`,
      [path],
    );
    return rows[0] ?? null;
  }
}
