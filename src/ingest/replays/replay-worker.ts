import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HooklineError } from '../../core/errors.js';
import { formatId } from '../../core/id.js';
import { Database, isUnavailable } from '../../platform/database/database.js';
import { Logger } from '../../platform/logging/logger.js';
import { PastRuns } from '../../runs/past-runs.js';
import { ReplaySources } from '../../runs/replay-sources.js';
import { RunCreator, type AddedRun } from '../../runs/run-creator.js';
import { EventReplays, type Planned } from './event-replays.service.js';
import { isTimeout, type JobOptions } from './replay-jobs.service.js';
import { RunReplays } from './run-replays.service.js';

interface Job {
  id: string;
  options: string;
  cursor: string;
  upto: string;
  /** How many it may take now, by its rate and by when it was last worked on. */
  room: number;
}

/** Seconds' worth of its rate that a job takes at once at most, however long nobody worked on it. */
const MAX_BURST_SECONDS = 1.5;

/**
 * Works off replay jobs, a batch of each at every heartbeat of every worker. Whoever holds a job's row works on it; the
 * cursor moves in the commit that makes the runs, so that a death in between repeats nothing and leaves nothing out.
 */
@Injectable()
export class ReplayWorker {
  private working: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly sources: ReplaySources,
    private readonly past: PastRuns,
    private readonly runs: RunReplays,
    private readonly events: EventReplays,
    private readonly creator: RunCreator,
    private readonly logger: Logger,
  ) {}

  /** Begins a round unless one is under way; the heartbeat does not wait for it. */
  kick(): void {
    if (this.stopped) return;
    this.working ??= this.work()
      .catch((error: unknown) => this.logger.warn({ error: String(error) }, 'replay.round-failed'))
      .finally(() => (this.working = null));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.working;
  }

  /** One batch of every job that runs. */
  async work(): Promise<void> {
    const jobs = await this.database.source.query<{ id: string }[]>(
      `select id from replays where state = 'running' order by worked_at`,
    );
    if (jobs.length > 0) await this.events.refresh();
    for (const { id } of jobs) {
      try {
        this.creator.started(await this.database.source.transaction((tx) => this.batch(tx, id)));
      } catch (error) {
        if (isUnavailable(error)) throw error;
        await this.setAside(id, error);
      }
    }
  }

  /** The runs that it made; none where another worker holds the job, or its rate allows none yet. */
  private async batch(tx: EntityManager, id: string): Promise<AddedRun[]> {
    const [job] = await tx.query<Job[]>(
      `select id, options, cursor, upto,
              floor(rate_per_second * least(extract(epoch from now() - worked_at),
                                            greatest($2::float8, 1 / rate_per_second)) + 0.001)::int as room
       from replays where id = $1 and state = 'running' for update skip locked`,
      [id, MAX_BURST_SECONDS],
    );
    if (!job || job.room < 1) return [];
    // Two jobs over the same sources each leave out what the other one has made, and must see it for that.
    await tx.query(`select pg_advisory_xact_lock(9, 1)`);
    const options = JSON.parse(job.options) as JobOptions;
    const range = { after: job.cursor, upto: job.upto };
    const found = await this.sources.next(tx, options.filter, range, job.room);
    const planned = await this.plan(tx, options, await this.claim(tx, job, found));
    const made = [...planned].flatMap(([sourceId, plan]) => ('run' in plan ? [{ sourceId, run: plan.run }] : []));
    const skips = [...planned.values()].flatMap((plan) => ('skip' in plan ? [plan.skip] : []));
    await this.creator.create(
      tx,
      made.map(({ run }) => run),
    );
    await tx.query(
      `insert into replay_items (replay_id, source_id, run_id) select $1, * from unnest($2::uuid[], $3::uuid[])`,
      [id, made.map(({ sourceId }) => sourceId), made.map(({ run }) => run.id)],
    );
    const over = found.length < job.room;
    await tx.query(
      `update replays set cursor = $2, made = made + $3, skipped = skipped + $4, last_skip = coalesce($5, last_skip),
         worked_at = now(), state = case when $6 then 'done' else state end, ended_at = case when $6 then now() end
       where id = $1`,
      [id, found.at(-1) ?? job.cursor, made.length, skips.length, skips.at(-1) ?? null, over],
    );
    return made.map(({ run }) => run);
  }

  /** Without those that this job has taken already: the cursor makes sure of it, this is the guard behind it. */
  private async claim(tx: EntityManager, job: Job, ids: string[]): Promise<string[]> {
    const taken = await tx.query<{ id: string }[]>(
      `select source_id id from replay_items where replay_id = $1 and source_id = any($2::uuid[])`,
      [job.id, ids],
    );
    const known = new Set(taken.map((row) => row.id));
    return ids.filter((id) => !known.has(id));
  }

  private async plan(tx: EntityManager, options: JobOptions, ids: string[]): Promise<Map<string, Planned>> {
    const { filter, from = 'failed', version = 'original' } = options;
    if (filter.kind === 'events') return this.events.plan(tx, filter.integrationId, ids);
    const planned = new Map<string, Planned>();
    const past = new Map((await this.past.find(tx, ids)).map((run) => [run.id, run]));
    for (const id of ids) {
      const old = past.get(id);
      if (!old) continue;
      planned.set(id, await skippable(() => this.runs.plan(tx, old, { from, version })));
    }
    return planned;
  }

  private async setAside(id: string, error: unknown): Promise<void> {
    this.logger.error(
      { replay: formatId('rpl', id), error: String((error as Error)?.stack ?? error) },
      'replay.failed',
    );
    const message = isTimeout(error)
      ? 'Looking for what comes next took too long: start another one with a shorter time, or without "q".'
      : 'Set aside: an internal error stopped it. See the log.';
    await this.database.source.query(
      `update replays set state = 'failed', ended_at = now(), error = $2 where id = $1 and state = 'running'`,
      [id, message],
    );
  }
}

/** A source that cannot be repeated is left out; the others need not suffer for it. */
async function skippable(plan: () => Promise<AddedRun>): Promise<Planned> {
  try {
    return { run: await plan() };
  } catch (error) {
    if (error instanceof HooklineError) return { skip: error.message };
    throw error;
  }
}
