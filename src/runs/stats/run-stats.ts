import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HooklineError } from '../../core/errors.js';
import { formatId, uuidFloor } from '../../core/id.js';
import { AttemptState, RunState } from '../../core/run.js';
import { Database } from '../../platform/database/database.js';
import type { Range, RunCounts, RunStatsView } from './run-stats.schema.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SHAPES: Record<Range, { ms: number; bucketMs: number }> = {
  '1h': { ms: HOUR, bucketMs: 2 * MINUTE },
  '24h': { ms: DAY, bucketMs: 30 * MINUTE },
  '7d': { ms: 7 * DAY, bucketMs: 4 * HOUR },
  '30d': { ms: 30 * DAY, bucketMs: DAY },
};
/** So many viewers ask once; the charts need no more. */
const FRESH_MS = 5_000;
const MAX_CACHED = 200;
const TIMEOUT_MS = 10_000;
const TOP = 10;
/** PostgreSQL's `query_canceled`. */
const CANCELED = '57014';

interface Counted {
  bucket: number | null;
  runs: number;
  succeeded: number;
  failed: number;
  canceled: number;
  p50: number | null;
  p95: number | null;
}

/** Counts over the run log for the charts, straight from its rows: what the list shows and what these say agree. */
@Injectable()
export class RunStats {
  private readonly cached = new Map<string, { atMs: number; view: Promise<RunStatsView> }>();

  constructor(private readonly database: Database) {}

  /** At most five seconds old. Refused as unavailable where the log is too large to be counted in ten seconds. */
  read(range: Range, integrationId: string | null): Promise<RunStatsView> {
    const key = `${range} ${integrationId}`;
    const nowMs = Date.now();
    const known = this.cached.get(key);
    if (known && nowMs - known.atMs < FRESH_MS) return known.view;
    const view = this.count(range, integrationId, nowMs);
    this.cached.delete(key);
    this.cached.set(key, { atMs: nowMs, view });
    if (this.cached.size > MAX_CACHED) this.cached.delete(this.cached.keys().next().value!);
    view.catch(() => this.cached.delete(key));
    return view;
  }

  private async count(range: Range, integrationId: string | null, nowMs: number): Promise<RunStatsView> {
    const { ms, bucketMs } = SHAPES[range];
    // Whole buckets: the last one is still being filled.
    const toMs = Math.ceil((nowMs + 1) / bucketMs) * bucketMs;
    const fromMs = toMs - ms;
    try {
      return await this.database.source.transaction(async (tx) => {
        await tx.query(`set local statement_timeout = ${TIMEOUT_MS}`);
        const counted = await this.byBucket(tx, fromMs, toMs, bucketMs, integrationId);
        const before = await this.byBucket(tx, fromMs - ms, fromMs, null, integrationId);
        const buckets = new Map(counted.map((row) => [row.bucket, row]));
        return {
          range,
          from: new Date(fromMs).toISOString(),
          to: new Date(toMs).toISOString(),
          bucketMs,
          buckets: Array.from({ length: ms / bucketMs }, (_, at) => ({
            at: new Date(fromMs + at * bucketMs).toISOString(),
            ...countsOf(buckets.get(at)),
          })),
          total: countsOf(buckets.get(null)),
          before: countsOf(before.find(({ bucket }) => bucket === null)),
          waiting: await this.waiting(tx, integrationId),
          failing: await this.failing(tx, fromMs, integrationId),
          hosts: await this.hosts(tx, fromMs, integrationId),
        };
      });
    } catch (error) {
      if ((error as { code?: string }).code !== CANCELED) throw error;
      const message = `The runs of this range could not be counted in ${TIMEOUT_MS / 1_000} s: choose a shorter one.`;
      throw new HooklineError('unavailable', 'too_many_runs', message, { retryAfterMs: 60_000, cause: error });
    }
  }

  /** A row for each bucket that has runs, and one with `bucket` null for all of them; none where there are no runs. */
  private byBucket(
    tx: EntityManager,
    fromMs: number,
    toMs: number,
    bucketMs: number | null,
    integrationId: string | null,
  ): Promise<Counted[]> {
    const bucket = bucketMs === null ? 'null::int' : `floor((extract(epoch from created_at) * 1000 - $3) / $4)::int`;
    const values = [uuidFloor(fromMs), uuidFloor(toMs), ...(bucketMs === null ? [] : [fromMs, bucketMs])];
    const own = integrationId === null ? '' : `and integration_id = $${values.push(integrationId)}`;
    return tx.query<Counted[]>(
      `with counted as (
         select ${bucket} as bucket, state,
           case when state = ${RunState.succeeded} then extract(epoch from ended_at - created_at)::float8 * 1000 end as ms
         from runs where id >= $1 and id < $2 and not test ${own})
       select bucket, count(*)::int as runs,
         count(*) filter (where state = ${RunState.succeeded})::int as succeeded,
         count(*) filter (where state = ${RunState.failed})::int as failed,
         count(*) filter (where state = ${RunState.canceled})::int as canceled,
         percentile_disc(0.5) within group (order by ms) as p50,
         percentile_disc(0.95) within group (order by ms) as p95
       from counted group by grouping sets ((bucket), ()) having count(*) > 0 and grouping(bucket) in (${bucketMs === null ? '1' : '0, 1'})`,
      values,
    );
  }

  private async waiting(tx: EntityManager, integrationId: string | null): Promise<RunStatsView['waiting']> {
    const [{ runs, oldest }] = await tx.query<{ runs: number; oldest: Date | null }[]>(
      `select count(*)::int as runs, min(created_at) as oldest from runs
       where ended_at is null and state = ${RunState.waiting} and not test
         ${integrationId === null ? '' : 'and integration_id = $1'}`,
      integrationId === null ? [] : [integrationId],
    );
    return { runs, oldestAt: oldest?.toISOString() ?? null };
  }

  private async failing(
    tx: EntityManager,
    fromMs: number,
    integrationId: string | null,
  ): Promise<RunStatsView['failing']> {
    interface Row {
      integrationId: string;
      name: string | null;
      runs: number;
      lastId: string;
      lastAt: Date;
      code: string | null;
      message: string | null;
    }
    const rows = await tx.query<Row[]>(
      `with failed as (
         select integration_id, count(*)::int as runs, max(r.id::text)::uuid as last_id
         from runs r
         where r.id >= $1 and r.state = ${RunState.failed} and not r.test
           ${integrationId === null ? '' : 'and r.integration_id = $2'}
           and not exists (select from runs n where n.replay_of = r.id and n.replay_of is not null)
         group by integration_id order by runs desc, last_id desc limit ${TOP})
       select f.integration_id as "integrationId", i.name, f.runs, f.last_id as "lastId", r.ended_at as "lastAt",
         r.error_code as code, r.error_message as message
       from failed f join runs r on r.id = f.last_id left join integrations i on i.id = f.integration_id
       order by f.runs desc, f.last_id desc`,
      integrationId === null ? [uuidFloor(fromMs)] : [uuidFloor(fromMs), integrationId],
    );
    return rows.map((row) => ({
      integrationId: formatId('int', row.integrationId),
      integrationName: row.name,
      runs: row.runs,
      lastAt: row.lastAt.toISOString(),
      lastRunId: formatId('run', row.lastId),
      error: { code: row.code ?? 'unknown', message: row.message ?? '' },
    }));
  }

  /** A URL that was sent names its host between `//` and the next `/`, `?` or `#`; what comes before an `@` is no host. */
  private hosts(tx: EntityManager, fromMs: number, integrationId: string | null): Promise<RunStatsView['hosts']> {
    const own = `and a.run_id in (select id from runs where integration_id = $2 and id >= $1)`;
    return tx.query<RunStatsView['hosts']>(
      `select substring(a.url from '^[a-z]+://(?:[^/?#@]*@)?([^/?#]+)') as host, count(*)::int as calls,
         count(*) filter (where e.state = ${AttemptState.succeeded})::int as succeeded,
         percentile_disc(0.95) within group (order by e.duration_us)::float8 / 1000 as "p95Ms"
       from attempts a
       left join attempt_ends e on e.run_id = a.run_id and e.step = a.step and e.number = a.number and e.run_id >= $1
       where a.run_id >= $1 and a.url is not null and a.number > 0 ${integrationId === null ? '' : own}
       group by 1 having substring(min(a.url) from '^[a-z]+://') is not null
       order by calls desc, host limit ${TOP}`,
      integrationId === null ? [uuidFloor(fromMs)] : [uuidFloor(fromMs), integrationId],
    );
  }
}

function countsOf(row: Counted | undefined): RunCounts {
  if (!row) return { runs: 0, succeeded: 0, failed: 0, canceled: 0, p50Ms: null, p95Ms: null };
  const { runs, succeeded, failed, canceled, p50, p95 } = row;
  return { runs, succeeded, failed, canceled, p50Ms: round(p50), p95Ms: round(p95) };
}

const round = (ms: number | null): number | null => (ms === null ? null : Math.max(0, Math.round(ms * 100) / 100));
