import { Injectable } from '@nestjs/common';
import { allSteps } from '../core/plan.js';
import { uuidFloor } from '../core/id.js';
import { RUN_STATES, RunState, type RunErrorCode, type RunStatus } from '../core/run.js';
import { Database } from '../platform/database/database.js';
import { DefinitionStore } from './definition-store.js';
import { pastAttempt, type PastAttempt, type PastRow } from './past-attempt.js';
import { runDetail, type AttemptRow, type RunDetail, type RunRow } from './run-view.js';

export interface RunFilter {
  integrationId?: string;
  statuses?: RunStatus[];
  eventId?: string;
  replayOf?: string;
  fromMs?: number;
  toMs?: number;
  test?: boolean;
  code?: RunErrorCode;
  atStep?: string;
  q?: string;
  beforeId: string | null;
  limit: number;
}

export interface LastAnswer {
  status: RunStatus;
  contentType: string | null;
  body: Buffer;
}

const COLUMNS = `r.id, r.number::text, r.event_id as "eventId", r.integration_id as "integrationId", r.version, r.definition_id as "definitionId",
  r.state, r.reason, r.error_code as "errorCode", r.error_message as "errorMessage", r.replay_of as "replayOf", r.test,
  r.created_at as "createdAt", r.started_at as "startedAt", r.ended_at as "endedAt",
  e.type as "eventType", e.subject as "eventSubject", i.name as "integrationName", f.step as "atStepKey"`;

// Names are looked up where they live: a run outlives its integration, and then has none.
const FROM = `runs r left join events e on e.id = r.event_id left join integrations i on i.id = r.integration_id
  left join lateral (
    select n.step from attempt_ends n
    where r.state in (${RunState.waiting}, ${RunState.failed}) and n.run_id = r.id and n.error_code is not null
    order by n.ended_at desc limit 1) f on true`;

const LIVE = new Set<RunStatus>(['held', 'queued', 'running', 'waiting']);

/** Bytes of a body shown by `GET /runs/{id}`; what is longer is cut there. */
export const MAX_SHOWN_BODY_BYTES = 1024 * 1024;
/** Of all bodies of one run, the newest attempts first: a run that reads pages may have sent a gibibyte. */
export const MAX_SHOWN_BYTES = 16 * 1024 * 1024;

const shownBytes = (body: string) => `least(coalesce(length(${body}), 0), ${MAX_SHOWN_BODY_BYTES})`;
const shownBody = (body: string) =>
  `case when shown <= ${MAX_SHOWN_BYTES} then substring(${body} for ${MAX_SHOWN_BODY_BYTES}) end`;

/** The run log, read. */
@Injectable()
export class RunReader {
  constructor(
    private readonly database: Database,
    private readonly definitions: DefinitionStore,
  ) {}

  /** Newest first. */
  list(filter: RunFilter): Promise<RunRow[]> {
    const where: string[] = [];
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    if (filter.integrationId !== undefined) where.push(`r.integration_id = ${bind(filter.integrationId)}`);
    if (filter.statuses !== undefined) {
      where.push(`r.state = any(${bind(filter.statuses.map((status) => RunState[status]))}::smallint[])`);
      // What the partial indexes ask for: a few of many runs are found without reading the others.
      if (filter.statuses.every((status) => LIVE.has(status))) where.push('r.ended_at is null');
      if (filter.statuses.every((status) => status === 'failed')) where.push('r.error_code is not null');
    }
    if (filter.eventId !== undefined) {
      const event = bind(filter.eventId);
      where.push(
        `r.id in (select unnest(run_ids || held_run_ids) from events where id = ${event}
                  union all select id from runs where event_id = ${event} and (replay_of is not null or test)
                  union all select id from runs where event_id = ${event} and added)`,
      );
    }
    if (filter.code !== undefined) where.push(`r.error_code = ${bind(filter.code)}`);
    if (filter.atStep !== undefined) where.push(`f.step = ${bind(filter.atStep)}`);
    if (filter.replayOf !== undefined) where.push(`r.replay_of = ${bind(filter.replayOf)}`);
    if (filter.fromMs !== undefined) where.push(`r.id >= ${bind(uuidFloor(filter.fromMs))}`);
    if (filter.toMs !== undefined) where.push(`r.id < ${bind(uuidFloor(filter.toMs))}`);
    if (filter.test !== undefined) where.push(`r.test = ${bind(filter.test)}`);
    if (filter.beforeId !== null) where.push(`r.id < ${bind(filter.beforeId)}`);
    if (filter.q !== undefined) {
      const like = bind(`%${filter.q.replace(/[\\%_]/g, '\\$&')}%`);
      where.push(
        `(i.name ilike ${like} or e.type ilike ${like} or e.subject ilike ${like} or r.error_message ilike ${like}
          or r.number::text = ${bind(filter.q)})`,
      );
    }
    return this.read(
      `${where.length > 0 ? `where ${where.join(' and ')}` : ''} order by r.id desc limit ${bind(filter.limit)}`,
      values,
    );
  }

  /** Those that there are, in no order. */
  byIds(ids: string[]): Promise<RunRow[]> {
    return this.read(`where r.id = any($1::uuid[])`, [ids]);
  }

  /** With every step and attempt; null where there is no such run. */
  async find(id: string): Promise<RunDetail | null> {
    const [row] = await this.read(`where r.id = $1`, [id]);
    if (!row) return null;
    const [definition, attempts] = await Promise.all([this.definitions.get(row.definitionId), this.attempts(id)]);
    return runDetail(row, allSteps(definition.steps), attempts);
  }

  /** How a run ended, and what its last successful call was answered; null where there is no such run. */
  async lastAnswer(id: string): Promise<LastAnswer | null> {
    const [row] = await this.database.source.query<{ state: number; headers: string | null; body: Buffer | null }[]>(
      `select r.state, p.headers, p.body from runs r
       left join lateral (
         select e.step, e.number from attempts a
         join attempt_ends e on e.run_id = $1 and e.step = a.step and e.number = a.number and e.state = 2
         where a.run_id = $1 order by a.id desc limit 1) last on true
       left join attempt_payloads p on p.run_id = $1 and p.step = last.step and p.number = last.number and p.part = 2
       where r.id = $1`,
      [id],
    );
    if (!row) return null;
    const headers = JSON.parse(row.headers ?? '[]') as [string, string][];
    const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
    return { status: RUN_STATES[row.state], contentType, body: row.body ?? Buffer.alloc(0) };
  }

  /** Oldest first, with the answers of the successful ones whole. Null where those are more than `maxBytes`. */
  async pastAttempts(runId: string, maxBytes: number): Promise<PastAttempt[] | null> {
    const from = `attempts a
      left join attempt_ends e on e.run_id = $1 and e.step = a.step and e.number = a.number
      left join attempt_payloads p
        on e.state = 2 and p.run_id = $1 and p.step = a.step and p.number = a.number and p.part = 2
      where a.run_id = $1`;
    const [{ bytes }] = await this.database.source.query<{ bytes: number }[]>(
      `select coalesce(sum(length(p.body)), 0)::float8 as bytes from ${from}`,
      [runId],
    );
    if (bytes > maxBytes) return null;
    const rows = await this.database.source.query<PastRow[]>(
      `select a.step, a.number, coalesce(e.state, 4) as state, e.status, e.duration_us, e.error_code, e.error_message,
              e.next_attempt_at is not null as retried, p.headers, p.body
       from ${from} order by a.id limit 10000`,
      [runId],
    );
    return rows.map(pastAttempt);
  }

  private async read(rest: string, values: unknown[]): Promise<RunRow[]> {
    type Read = Omit<RunRow, 'atStep'> & { atStepKey: string | null };
    const rows: RunRow[] = [];
    const read = await this.database.source.query<Read[]>(`select ${COLUMNS} from ${FROM} ${rest}`, values);
    // One after the other: runs of one definition read it once.
    for (const { atStepKey, ...row } of read) {
      const atStep = atStepKey === null ? null : await this.definitions.place(row.definitionId, atStepKey);
      rows.push({ ...row, atStep });
    }
    return rows;
  }

  private attempts(runId: string): Promise<AttemptRow[]> {
    return this.database.source.query<AttemptRow[]>(
      `select x.*, ${shownBody('q_body')} as request_body, ${shownBody('p_body')} as response_body,
              cut or length(p_body) > ${MAX_SHOWN_BODY_BYTES} or (shown > ${MAX_SHOWN_BYTES} and length(p_body) > 0) as truncated
       from (select a.*, coalesce(e.state, 1) as state, e.duration_us, e.status, e.response_bytes, e.remote_address, e.dns_us,
                    e.connect_us, e.first_byte_us, e.error_code, e.error_message, e.next_attempt_at,
                    q.headers as request_headers, q.body as q_body, p.headers as response_headers, p.body as p_body,
                    p.truncated as cut,
                    sum(${shownBytes('q.body')} + ${shownBytes('p.body')}) over (order by a.id desc) as shown
             from attempts a
             left join attempt_ends e on e.run_id = $1 and e.step = a.step and e.number = a.number
             left join attempt_payloads q on q.run_id = $1 and q.step = a.step and q.number = a.number and q.part = 1
             left join attempt_payloads p on p.run_id = $1 and p.step = a.step and p.number = a.number and p.part = 2
             where a.run_id = $1 order by a.id limit 10000) x
       order by x.id`,
      [runId],
    );
  }
}
