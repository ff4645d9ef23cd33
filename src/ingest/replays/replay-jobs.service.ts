import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HooklineError, invalid, notFound } from '../../core/errors.js';
import { formatId, newUuid, uuidFloor } from '../../core/id.js';
import type { ReplayStart } from '../../core/replay.js';
import { Database } from '../../platform/database/database.js';
import { ReplaySources, type SourceFilter } from '../../runs/replay-sources.js';
import { MAX_SOURCES, type ReplayView } from './replay-job.schema.js';

/** How each source of a job is repeated. */
export interface JobOptions {
  filter: SourceFilter;
  /** Of past runs only. */
  from?: ReplayStart;
  version?: 'original' | 'current' | 'draft';
}

export interface NewJob extends JobOptions {
  ratePerSecond: number;
  dryRun: boolean;
}

interface JobRow {
  id: string;
  kind: 'runs' | 'events';
  integrationId: string | null;
  state: ReplayView['state'];
  matched: number;
  made: number;
  skipped: number;
  lastSkip: string | null;
  ratePerSecond: number;
  error: string | null;
  createdAt: Date;
  createdBy: string;
  endedAt: Date | null;
}

const COLUMNS = `id, kind, integration_id "integrationId", state, matched, made, skipped, last_skip "lastSkip",
  rate_per_second "ratePerSecond", error, created_at "createdAt", created_by "createdBy", ended_at "endedAt"`;
/** More at once would only wait for one another. */
const MAX_RUNNING = 20;
const FIRST = uuidFloor(0);

/** Jobs that repeat many runs, or run many past events: made, watched and stopped here, worked by `ReplayWorker`. */
@Injectable()
export class ReplayJobs {
  constructor(
    private readonly database: Database,
    private readonly sources: ReplaySources,
  ) {}

  /** Counts what there is now; what comes later is no part of it. The id is null for a dry run. */
  async start(job: NewJob, by: string): Promise<{ id: string | null; matched: number }> {
    const { ratePerSecond, dryRun, ...options } = job;
    const id = newUuid();
    const matched = await this.database.source
      .transaction((tx) => this.insert(tx, id, options, ratePerSecond, dryRun, by))
      .catch((error: unknown) => {
        throw isTimeout(error) ? tooSlow() : error;
      });
    return { id: dryRun ? null : formatId('rpl', id), matched };
  }

  /** Newest first. */
  async list(limit: number, beforeId: string | null): Promise<JobRow[]> {
    return this.database.source.query<JobRow[]>(
      `select ${COLUMNS} from replays where $2::uuid is null or id < $2 order by id desc limit $1`,
      [limit, beforeId],
    );
  }

  async one(id: string): Promise<ReplayView> {
    const [row] = await this.database.source.query<JobRow[]>(`select ${COLUMNS} from replays where id = $1`, [id]);
    if (!row) throw notFound('replay', formatId('rpl', id));
    return replayView(row);
  }

  /** The runs that it has made stay; one that has ended stays as it ended. */
  async stop(id: string): Promise<ReplayView> {
    await this.database.source.query(
      `update replays set state = 'canceled', ended_at = now() where id = $1 and state = 'running'`,
      [id],
    );
    return this.one(id);
  }

  private async insert(
    tx: EntityManager,
    id: string,
    options: JobOptions,
    ratePerSecond: number,
    dryRun: boolean,
    by: string,
  ): Promise<number> {
    const { filter } = options;
    const matched = await this.sources.count(tx, filter, { after: FIRST, upto: id }, MAX_SOURCES + 1);
    if (matched > MAX_SOURCES) {
      const message = `More than ${MAX_SOURCES} match: choose a shorter time, or fewer of them.`;
      throw invalid('too_many', [{ path: '/filter', code: 'too_many', message }]);
    }
    if (dryRun) return matched;
    await tx.query(`select pg_advisory_xact_lock(9, 0)`);
    const [{ running }] = await tx.query<{ running: number }[]>(
      `select count(*)::int running from replays where state = 'running'`,
    );
    if (running >= MAX_RUNNING) {
      const message = `${MAX_RUNNING} replays are under way: wait for one to end, or stop one.`;
      throw new HooklineError('conflict', 'too_many_replays', message);
    }
    await tx.query(
      `insert into replays (id, kind, integration_id, options, rate_per_second, matched, cursor, upto, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $1, $8)`,
      [id, filter.kind, filter.integrationId ?? null, JSON.stringify(options), ratePerSecond, matched, FIRST, by],
    );
    return matched;
  }
}

export const replayView = (row: JobRow): ReplayView => ({
  ...row,
  id: formatId('rpl', row.id),
  integrationId: row.integrationId && formatId('int', row.integrationId),
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});

/** SQLSTATE 57014: the statement was canceled by its time-out. */
export const isTimeout = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '57014';

function tooSlow(): HooklineError {
  const message = 'Counting what matches takes too long: choose a shorter time, or leave out "q".';
  return invalid('too_slow', [{ path: '/filter', code: 'too_slow', message }]);
}
