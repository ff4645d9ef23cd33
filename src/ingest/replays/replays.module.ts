import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../../integrations/integrations.module.js';
import { RunsModule } from '../../runs/runs.module.js';
import { EventReplays } from './event-replays.service.js';
import { ReplayJobs } from './replay-jobs.service.js';
import { ReplayWorker } from './replay-worker.js';
import { RunReplays } from './run-replays.service.js';

/** What workers need of replays; the routes are the ingest module's. */
@Module({
  imports: [IntegrationsModule, RunsModule],
  providers: [EventReplays, ReplayJobs, ReplayWorker, RunReplays],
  exports: [EventReplays, ReplayJobs, ReplayWorker, RunReplays],
})
export class ReplaysModule {}
