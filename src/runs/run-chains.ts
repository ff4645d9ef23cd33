import { Injectable } from '@nestjs/common';
import { uuidFloor } from '../core/id.js';
import { Database } from '../platform/database/database.js';

/** Bytes of a body that a list shows; longer ones are read one by one. */
const MAX_LISTED_BYTES = 64 * 1024;

/** A run together with the replays of it: one call, however often it was asked for. */
export interface RunChain {
  /** Of its first run. */
  id: string;
  integrationId: string;
  createdAt: Date;
  /** Null: retention has removed the event. */
  eventTime: Date | null;
  /** Its newest run. */
  runId: string;
  number: string;
  state: number;
  errorCode: string | null;
  errorMessage: string | null;
  /** Of all its runs. */
  attempts: number;
  /** The last attempt of the newest run; null where there was none. */
  url: string | null;
  status: number | null;
  requestBody: Buffer | null;
  responseBody: Buffer | null;
  attemptErrorCode: string | null;
  attemptErrorMessage: string | null;
}

export interface ChainFilter {
  integrationIds: string[];
  /** Of the newest run. */
  states: number[] | null;
  /** Milliseconds; inclusive. */
  fromMs: number | null;
  /** Milliseconds; exclusive. */
  toMs: number | null;
  beforeId: string | null;
  limit: number;
}

const select = (maxBodyBytes: number | null): string => {
  const body = (part: string) =>
    maxBodyBytes === null ? part : `case when length(${part}) <= ${maxBodyBytes} then ${part} end`;
  return `
    select f.id, f.integration_id as "integrationId", f.created_at as "createdAt", e.occurred_at as "eventTime",
      c.id as "runId", c.number::text, c.state, c.error_code as "errorCode", c.error_message as "errorMessage",
      (select count(*)::int from attempts a where a.run_id = any(array(
        select f.id union all select r.id from runs r
        where r.event_id = f.event_id and r.added and r.integration_id = f.integration_id and r.replay_of is not null))) as attempts,
      a.url, n.status, ${body('q.body')} as "requestBody", ${body('p.body')} as "responseBody",
      n.error_code as "attemptErrorCode", n.error_message as "attemptErrorMessage"
    from runs f
    left join events e on e.id = f.event_id
    cross join lateral (
      (select f.id, f.number, f.state, f.error_code, f.error_message)
      union all
      (select r.id, r.number, r.state, r.error_code, r.error_message from runs r
       where r.event_id = f.event_id and r.added and r.integration_id = f.integration_id and r.replay_of is not null)
      order by 1 desc limit 1) c
    left join lateral (select * from attempts where run_id = c.id order by id desc limit 1) a on true
    left join attempt_ends n on n.run_id = a.run_id and n.step = a.step and n.number = a.number
    left join attempt_payloads q on q.run_id = a.run_id and q.step = a.step and q.number = a.number and q.part = 1
    left join attempt_payloads p on p.run_id = a.run_id and p.step = a.step and p.number = a.number and p.part = 2
    where f.replay_of is null and not f.test`;
};

/** Reads runs of integrations with one step as their faces show them: a retry belongs to what it retries. */
@Injectable()
export class RunChains {
  constructor(private readonly database: Database) {}

  /** Newest first. Of long bodies null. */
  list({ integrationIds, states, fromMs, toMs, beforeId, limit }: ChainFilter): Promise<RunChain[]> {
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    const where = [`f.integration_id = any(${bind(integrationIds)}::uuid[])`];
    if (states !== null) where.push(`c.state = any(${bind(states)}::smallint[])`);
    if (fromMs !== null) where.push(`f.id >= ${bind(uuidFloor(fromMs))}`);
    if (toMs !== null) where.push(`f.id < ${bind(uuidFloor(toMs))}`);
    if (beforeId !== null) where.push(`f.id < ${bind(beforeId)}`);
    return this.database.source.query<RunChain[]>(
      `${select(MAX_LISTED_BYTES)} and ${where.join(' and ')} order by f.id desc limit ${bind(limit)}`,
      values,
    );
  }

  /** By its first run; null where there is none. */
  async find(id: string): Promise<RunChain | null> {
    const rows = await this.database.source.query<RunChain[]>(`${select(null)} and f.id = $1`, [id]);
    return rows[0] ?? null;
  }
}
