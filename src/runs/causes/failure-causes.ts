import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { formatId, uuidFloor } from '../../core/id.js';
import { RunState } from '../../core/run.js';
import { decodeCursor, pageFrom, type Page } from '../../platform/api/paging.js';
import { Database } from '../../platform/database/database.js';
import { DefinitionStore } from '../definition-store.js';
import type { CausesQuery, CauseView } from './failure-causes.schema.js';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
/** Failed runs that are looked at, the newest ones: each costs a look at how its last try ended. */
const MAX_RUNS = 10_000;

interface Row {
  integrationId: string;
  integrationName: string | null;
  step: string | null;
  code: string;
  status: number | null;
  runs: number;
  firstAt: Date;
  lastAt: Date;
  lastId: string;
  definitionId: number;
  message: string | null;
}

const cursorSchema = z.tuple([z.int(), z.uuid()]);

/** Failed runs folded by what they have in common: integration, step, code and status. */
@Injectable()
export class FailureCauses {
  constructor(
    private readonly database: Database,
    private readonly definitions: DefinitionStore,
  ) {}

  /** The most frequent first, of the newest 10,000 failed runs of that time. Tests are left out. */
  async list({ integrationId, from, to, limit, cursor }: CausesQuery): Promise<Page<CauseView>> {
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    const fromMs = from === undefined ? Date.now() - DEFAULT_DAYS * DAY_MS : Date.parse(from);
    // Both: the state is what is asked, the code what the index is of.
    const where = [`state = ${RunState.failed}`, 'error_code is not null', 'not test'];
    where.push(`id >= ${bind(uuidFloor(fromMs))}`);
    if (to !== undefined) where.push(`id < ${bind(uuidFloor(Date.parse(to)))}`);
    if (integrationId !== undefined) where.push(`integration_id = ${bind(integrationId)}`);
    const after = decodeCursor(cursor, cursorSchema);
    const rest = after ? `where (runs, last_id) < (${bind(after[0])}, ${bind(after[1])}::uuid)` : '';
    const rows = await this.database.source.query<Row[]>(
      `with failed as (
         select id, integration_id, error_code, created_at from runs where ${where.join(' and ')}
         order by id desc limit ${MAX_RUNS}),
       causes as (
         select f.integration_id, e.step, f.error_code, e.status, count(*)::int as runs, min(f.created_at) as first_at,
           max(f.created_at) as last_at, max(f.id::text)::uuid as last_id
         from failed f
         left join lateral (
           select n.step, n.status from attempt_ends n where n.run_id = f.id and n.error_code is not null
           order by n.ended_at desc limit 1) e on true
         group by 1, 2, 3, 4),
       page as (select * from causes ${rest} order by runs desc, last_id desc limit ${bind(limit + 1)})
       select p.integration_id as "integrationId", i.name as "integrationName", p.step, p.error_code as code, p.status,
         p.runs, p.first_at as "firstAt", p.last_at as "lastAt", p.last_id as "lastId",
         r.definition_id as "definitionId", r.error_message as message
       from page p join runs r on r.id = p.last_id left join integrations i on i.id = p.integration_id
       order by p.runs desc, p.last_id desc`,
      values,
    );
    const page = pageFrom(
      rows,
      limit,
      (row) => [row.runs, row.lastId],
      (row) => row,
    );
    const data: CauseView[] = [];
    for (const row of page.data) data.push(await this.view(row));
    return { ...page, data };
  }

  private async view({ step, definitionId, integrationId, lastId, firstAt, lastAt, message, ...row }: Row) {
    return {
      ...row,
      integrationId: formatId('int', integrationId),
      atStep: step === null ? null : await this.definitions.place(definitionId, step),
      message: message ?? row.code,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      lastRunId: formatId('run', lastId),
    };
  }
}
