import { Injectable, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { HookDeliveryRetention } from './ingest/hooks/hook-delivery-retention.js';
import { ReplayWorker } from './ingest/replays/replay-worker.js';
import { ReplaysModule } from './ingest/replays/replays.module.js';
import { CONNECTION_READY_JOB } from './connections/connection-signals.js';
import { KeptAnswers } from './platform/api/kept-answers.js';
import { Config } from './platform/config/config.js';
import { Database } from './platform/database/database.js';
import { ensurePartitions } from './platform/database/partitions.js';
import { Logger } from './platform/logging/logger.js';
import { Dispatcher } from './platform/queue/dispatcher.js';
import { Jobs, type CronJob, type JobHandlers } from './platform/queue/jobs.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { WorkerRegistry } from './platform/queue/worker-registry.js';
import { SecretsModule } from './platform/secrets/secrets.module.js';
import { ConnectionWaits } from './runner/connection-waits.js';
import { FileRetention } from './runner/file-retention.js';
import { RunHandler } from './runner/run.handler.js';
import { RunnerModule } from './runner/runner.module.js';
import type { ClaimedRun } from './runs/claimed-run.js';
import { HeldRuns } from './runs/held-runs.js';
import { RunRecorder } from './runs/run-recorder.js';
import { RunSource } from './runs/run-source.js';
import { RunsModule } from './runs/runs.module.js';

/** What is on its way may end this long after SIGTERM; what has not begun is handed back at once. */
const GRACE_MS = 30_000;

const CRON: CronJob[] = [
  { job: 'partitions', pattern: '17 */6 * * *' },
  { job: 'held', pattern: '*/10 * * * *' },
  { job: 'files', pattern: '41 * * * *' },
  { job: 'deliveries', pattern: '23 * * * *' },
  { job: 'answers', pattern: '53 * * * *' },
];

/** Takes runs and executes them; `start` and `stop` are its whole life. */
@Injectable()
export class Worker {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly dispatcher: Dispatcher<ClaimedRun>,
    private readonly registry: WorkerRegistry,
    private readonly jobs: Jobs,
    private readonly source: RunSource,
    private readonly recorder: RunRecorder,
    private readonly handler: RunHandler,
    private readonly fileRetention: FileRetention,
    private readonly replays: ReplayWorker,
    private readonly waits: ConnectionWaits,
    private readonly held: HeldRuns,
    private readonly deliveries: HookDeliveryRetention,
    private readonly answers: KeptAnswers,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    this.dispatcher.start(this.source, (run, places) => this.handler.handle(run, places));
    await this.registry.start(this.source, () => {
      this.replays.kick();
      return this.dispatcher.tick();
    });
    await this.jobs.start(this.handlers(), CRON);
  }

  /** Answers how many runs were still under way when the grace ended; others take them over. */
  async stop(): Promise<number> {
    await this.jobs.stop();
    await this.replays.stop();
    const left = await this.dispatcher.stop(GRACE_MS);
    this.recorder.close();
    await this.registry.stop();
    return left;
  }

  private handlers(): JobHandlers {
    return {
      wake: (payload) => {
        const { ids, lanes } = payload as { ids: string[]; lanes: number[] };
        return this.dispatcher.wake(ids, lanes);
      },
      [CONNECTION_READY_JOB]: (payload) => this.waits.end((payload as { id: string }).id),
      files: async () => {
        const files = await this.fileRetention.expire(Date.now());
        if (files > 0) this.logger.info({ files }, 'files.expired');
      },
      held: async () => {
        const runs = await this.held.expire(Date.now());
        if (runs > 0) this.logger.info({ runs }, 'held.expired');
      },
      deliveries: () => this.deliveries.expire(Date.now()),
      answers: () => this.answers.expire(),
      partitions: async () => {
        await ensurePartitions((sql) => this.database.source.query(sql));
      },
    };
  }
}

/** What a worker process contains; an `all` process has it beside the API. */
@Module({
  imports: [AccessModule, QueueModule, ReplaysModule, RunnerModule, RunsModule, SecretsModule],
  providers: [Worker, HookDeliveryRetention, KeptAnswers],
  exports: [Worker],
})
export class WorkerModule {}
