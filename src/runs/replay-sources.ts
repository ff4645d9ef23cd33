import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { uuidFloor } from '../core/id.js';
import { RunState, type RunStatus } from '../core/run.js';

export interface RunSourceFilter {
  integrationId?: string;
  statuses: RunStatus[];
  fromMs?: number;
  toMs?: number;
  q?: string;
  errorCode?: string;
  test: boolean;
  /** Also those that a later replay has repaired, or is about to. */
  includeRepaired: boolean;
}

export interface EventSourceFilter {
  integrationId: string;
  /** Null: those that were meant for this integration alone. */
  types: string[] | null;
  source?: string;
  subject?: string;
  fromMs?: number;
  toMs?: number;
  q?: string;
  /** Also those that this integration runs or ran already. */
  includeRun: boolean;
}

export type SourceFilter = ({ kind: 'runs' } & RunSourceFilter) | ({ kind: 'events' } & EventSourceFilter);

/** Ids greater than `after`, not greater than `upto`. */
export interface SourceRange {
  after: string;
  upto: string;
}

/** Counting and reading give up after this long: a text search reads every payload in its range. */
const MAX_MS = 15_000;

/** Finds what a replay of many takes, oldest first. */
@Injectable()
export class ReplaySources {
  /** How many there are, at most `max`. */
  async count(tx: EntityManager, filter: SourceFilter, range: SourceRange, max: number): Promise<number> {
    await tx.query(`set local statement_timeout = ${MAX_MS}`);
    const [{ found }] = await tx.query<{ found: number }[]>(
      ...limited(filter, range, max, (sql) => `select count(*)::int as found from (${sql}) x`),
    );
    return found;
  }

  async next(tx: EntityManager, filter: SourceFilter, range: SourceRange, max: number): Promise<string[]> {
    await tx.query(`set local statement_timeout = ${MAX_MS}`);
    const rows = await tx.query<{ id: string }[]>(...limited(filter, range, max, (sql) => sql));
    return rows.map((row) => row.id);
  }
}

function limited(
  filter: SourceFilter,
  range: SourceRange,
  max: number,
  wrap: (sql: string) => string,
): [string, unknown[]] {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [`x.id > ${bind(range.after)}`, `x.id <= ${bind(range.upto)}`];
  if (filter.fromMs !== undefined) where.push(`x.id >= ${bind(uuidFloor(filter.fromMs))}`);
  if (filter.toMs !== undefined) where.push(`x.id < ${bind(uuidFloor(filter.toMs))}`);
  where.push(...(filter.kind === 'runs' ? runConditions(filter, bind) : eventConditions(filter, bind)));
  const sql = `select x.id from ${filter.kind} x where ${where.join(' and ')} order by x.id limit ${bind(max)}`;
  return [wrap(sql), values];
}

type Bind = (value: unknown) => string;

function runConditions(filter: RunSourceFilter, bind: Bind): string[] {
  const where = [
    `x.state = any(${bind(filter.statuses.map((status) => RunState[status]))}::smallint[])`,
    `x.test = ${bind(filter.test)}`,
  ];
  if (filter.integrationId !== undefined) where.push(`x.integration_id = ${bind(filter.integrationId)}`);
  if (filter.errorCode !== undefined) where.push(`x.error_code = ${bind(filter.errorCode)}`);
  if (filter.q !== undefined) where.push(`x.error_message ilike ${bind(like(filter.q))}`);
  if (!filter.includeRepaired) {
    where.push(`not exists (
      with recursive later as (
        select l.id, l.state from runs l where l.replay_of = x.id
        union all select l.id, l.state from runs l join later on l.replay_of = later.id)
      select from later where later.state <= ${RunState.succeeded})`);
  }
  return where;
}

function eventConditions(filter: EventSourceFilter, bind: Bind): string[] {
  const where = [];
  if (filter.types !== null) where.push(`x.type = any(${bind(filter.types)}::text[])`);
  else where.push(`x.passed_over like ${bind(`%"${filter.integrationId}"%`)}`);
  if (filter.source !== undefined) where.push(`x.source = ${bind(filter.source)}`);
  if (filter.subject !== undefined) where.push(`x.subject = ${bind(filter.subject)}`);
  if (filter.q !== undefined) {
    where.push(
      `exists (select from event_payloads p where p.event_id = x.id and p.data ilike ${bind(like(filter.q))})`,
    );
  }
  where.push(`x.edited_from is null`);
  if (!filter.includeRun) {
    const ran = `r.integration_id = ${bind(filter.integrationId)}::uuid and not r.test and r.state <> ${RunState.canceled}`;
    where.push(`not exists (select from runs r where r.id = any(x.run_ids || x.held_run_ids) and ${ran})`);
    where.push(`not exists (select from runs r where r.event_id = x.id and r.added and ${ran})`);
  }
  return where;
}

const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
