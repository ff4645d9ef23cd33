import { Injectable } from '@nestjs/common';
import { uuidFloor } from '../../core/id.js';
import { FIRST_TERMINAL_STATE, RunState } from '../../core/run.js';
import { Database } from '../../platform/database/database.js';
import { laneOf } from '../claimed-run.js';
import { WAITS_FOR_CONNECTION } from '../waiting-runs.js';
import { KeptBuckets } from './kept-buckets.js';

const HOUR_MS = 3_600_000;
export const ACTIVITY_HOURS = 24;
/** Of an integration whose newest runs have not ended: so many are looked at for one that has. */
const MAX_OPEN = 100;
/** Runs that wait for a sign-in are counted no further, over all integrations asked for. */
const MAX_WAITING = 100_000;

export interface HourOfRuns {
  runs: number;
  succeeded: number;
  failed: number;
}

export interface LastRun {
  integrationId: string;
  id: string;
  state: number;
  createdAt: Date;
}

export interface FailedRun {
  integrationId: string;
  id: string;
  code: string;
  message: string;
}

type HourByIntegration = Map<string, HourOfRuns & { open: number }>;

/** What integrations did in the last 24 hours. Tests are left out. Ids are UUIDs; one statement for all of them. */
@Injectable()
export class RunActivity {
  private readonly hours = new KeptBuckets<HourByIntegration>();

  constructor(private readonly database: Database) {}

  /** The whole hours up to the one under way, oldest first; those that are over and can change no more are kept. */
  async byHour(): Promise<{ startMs: number; hours: HourByIntegration[] }> {
    const endMs = Math.ceil((Date.now() + 1) / HOUR_MS) * HOUR_MS;
    const starts = Array.from({ length: ACTIVITY_HOURS }, (_, at) => endMs - (ACTIVITY_HOURS - at) * HOUR_MS);
    const hours = await this.hours.read({
      name: 'hour',
      starts,
      bucketMs: HOUR_MS,
      count: (edges) => this.count(edges),
      isFinal: (counted) => [...counted.values()].every(({ open }) => open === 0),
    });
    return { startMs: starts[0], hours };
  }

  /** The newest run of each, whenever it was; those that never ran are left out. */
  lastRuns(integrationIds: string[]): Promise<LastRun[]> {
    return this.database.source.query<LastRun[]>(
      `select r.integration_id as "integrationId", r.id, r.state, r.created_at as "createdAt" from unnest($1::uuid[]) i
       cross join lateral (select * from runs where integration_id = i and not test order by id desc limit 1) r`,
      [integrationIds],
    );
  }

  /** Those whose newest run of the last 24 hours that ended has failed, and that run. */
  failing(integrationIds: string[]): Promise<FailedRun[]> {
    return this.database.source.query<FailedRun[]>(
      `select r.integration_id as "integrationId", r.id, r.error_code as code, coalesce(r.error_message, r.error_code) as message
       from unnest($1::uuid[]) i
       cross join lateral (
         select * from (
           select * from runs where integration_id = i and id >= $2 and not test order by id desc limit ${MAX_OPEN}) n
         where ended_at is not null order by id desc limit 1) r
       where r.state = ${RunState.failed}`,
      [integrationIds, uuidFloor(Date.now() - ACTIVITY_HOURS * HOUR_MS)],
    );
  }

  /** How many runs of each wait for a sign-in; those with none are left out. */
  async waitingForSignIn(integrationIds: string[]): Promise<Map<string, number>> {
    if (integrationIds.length === 0) return new Map();
    const rows = await this.database.source.query<{ id: string; runs: number }[]>(
      `select integration_id as id, count(*)::int as runs from (
         select integration_id from runs
         where lane = any($1::int[]) and ended_at is null and state = ${RunState.waiting}
           and reason = '${WAITS_FOR_CONNECTION}' and integration_id = any($2::uuid[])
         limit ${MAX_WAITING}) w
       group by 1`,
      [[...new Set(integrationIds.map(laneOf))], integrationIds],
    );
    return new Map(rows.map(({ id, runs }) => [id, runs]));
  }

  /** Of all integrations at once: one scan of the hours, whoever asks next. */
  private async count(edges: number[]): Promise<HourByIntegration[]> {
    const rows = await this.database.source.query<(HourOfRuns & { id: string; at: number; open: number })[]>(
      `select integration_id as id, width_bucket(id, $1::uuid[]) as at, count(*)::int as runs,
         (count(*) filter (where state = ${RunState.succeeded}))::int as succeeded,
         (count(*) filter (where state = ${RunState.failed}))::int as failed,
         (count(*) filter (where state < ${FIRST_TERMINAL_STATE}))::int as open
       from runs where id >= $2::uuid and id < $3::uuid and not test group by 1, 2`,
      [edges.map(uuidFloor), uuidFloor(edges[0]), uuidFloor(edges.at(-1)!)],
    );
    const hours = edges.slice(1).map((): HourByIntegration => new Map());
    for (const { id, at, ...hour } of rows) hours[at - 1].set(id, hour);
    return hours;
  }
}
