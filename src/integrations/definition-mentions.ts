import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';

/** What definitions name in their texts. */
@Injectable()
export class DefinitionMentions {
  constructor(private readonly database: Database) {}

  /** Those of these public ids (`fil_…`) that stand in a draft, or in what is published now. */
  async of(ids: string[]): Promise<Set<string>> {
    const rows = await this.database.source.query<{ id: string }[]>(
      `select u.id from unnest($1::text[]) u (id)
       where exists (select from integrations i where strpos(i.draft, u.id) > 0)
          or exists (select from integrations i
                     join integration_versions v on v.integration_id = i.id and v.number = i.published_version
                     join definitions d on d.id = v.definition_id where strpos(d.body, u.id) > 0)`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
