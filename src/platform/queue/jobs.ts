import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import { Logger as GraphileLogger, makeWorkerUtils, run, type Runner, type WorkerEvents } from 'graphile-worker';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { Logger } from '../logging/logger.js';
import { WorkerRegistry } from './worker-registry.js';

type Pool = ReturnType<Database['openPool']>;

/** What a job does, by its name. Handlers decide about retries themselves, in the database; one that throws is repeated. */
export type JobHandlers = Record<string, (payload: unknown) => Promise<void>>;

/** A job that comes by itself. `pattern` is cron, in UTC: minute hour day month weekday. */
export interface CronJob {
  job: string;
  pattern: string;
}

/** Adds a job with the caller's commit. While one of the same name and key waits, it is that one. */
export async function enqueue(
  tx: Pick<EntityManager, 'query'>,
  job: string,
  payload: object,
  key: string,
): Promise<void> {
  await tx.query(`select graphile_worker.add_job($1, $2::json, job_key := $3)`, [
    job,
    JSON.stringify(payload),
    `${job}:${key}`,
  ]);
}

/**
 * The queue between processes and machines (graphile-worker): wake-ups, one for each accepted batch of a process that
 * does not work itself, and house-keeping. Runs themselves are rows of their own: a job for each run cost more than
 * all other writes of that run together.
 */
@Injectable()
export class Jobs {
  private runner: Runner | null = null;
  private pool: Pool | null = null;

  constructor(
    private readonly database: Database,
    private readonly registry: WorkerRegistry,
    private readonly logger: Logger,
  ) {}

  /** Brings the queue's own tables up to date; safe to run in several processes at once. */
  async migrate(): Promise<void> {
    const pool = this.openPool(2);
    try {
      const utils = await makeWorkerUtils({ pgPool: pool, logger: this.graphileLogger() });
      await utils.migrate();
      await utils.release();
    } finally {
      await pool.end();
    }
  }

  async start(handlers: JobHandlers, cron: CronJob[]): Promise<void> {
    const events: WorkerEvents = new EventEmitter();
    // The id is another one whenever graphile makes a new pool; the registry frees the jobs of dead ones by it.
    events.on('pool:create', ({ workerPool }) => (this.registry.poolId = workerPool.id));
    const pool = this.openPool(6);
    this.pool = pool;
    this.runner = await run({
      pgPool: pool,
      events,
      logger: this.graphileLogger(),
      noHandleSignals: true,
      taskList: Object.fromEntries(
        Object.entries(handlers).map(([name, handle]) => [name, (payload: unknown) => handle(payload)]),
      ),
      crontab: cron.map(({ pattern, job }) => `${pattern} ${job}`).join('\n'),
      preset: {
        worker: {
          concurrentJobs: 5,
          localQueue: { size: 100 },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
          pollInterval: 1_000,
        },
      },
    });
  }

  async stop(): Promise<void> {
    await this.runner?.stop().catch(() => undefined);
    this.runner = null;
    await this.pool?.end().catch(() => undefined);
    this.pool = null;
  }

  /** Graphile asks for a listener of its own on every client; what is lost is said by the database's. */
  private openPool(max: number): Pool {
    const pool = this.database.openPool(max);
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }

  private graphileLogger(): GraphileLogger {
    return new GraphileLogger((scope) => (level, message) => {
      if (level === 'error' || level === 'warning') this.logger.warn({ scope: scope.label, message }, 'jobs.log');
    });
  }
}
