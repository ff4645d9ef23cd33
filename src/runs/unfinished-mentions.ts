import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';

/** What runs that are not over may still send. */
@Injectable()
export class UnfinishedMentions {
  constructor(private readonly database: Database) {}

  /** Those of these public ids (`fil_…`) that their events or the answers of their steps name. */
  async of(ids: string[]): Promise<Set<string>> {
    const rows = await this.database.source.query<{ id: string }[]>(
      `with live as materialized (select id, event_id from runs where ended_at is null),
         texts as materialized (
           select p.data as text from live join event_payloads p on p.event_id = live.event_id where strpos(p.data, 'fil_') > 0
           union all
           select a.headers from live join attempt_payloads a on a.run_id = live.id where strpos(a.headers, 'fil_') > 0)
       select u.id from unnest($1::text[]) u (id) where exists (select from texts where strpos(texts.text, u.id) > 0)`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
