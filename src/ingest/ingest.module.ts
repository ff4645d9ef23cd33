import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { FilesModule } from '../platform/files/files.module.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { EventsController } from './events.controller.js';
import { FilesController } from './files.controller.js';
import { IngestService } from './ingest.service.js';
import { MadeRunsController } from './made-runs.controller.js';
import { MadeRuns } from './made-runs.service.js';
import { RunReplaysController } from './replays/run-replays.controller.js';
import { RunReplays } from './replays/run-replays.service.js';

@Module({
  imports: [FilesModule, IntegrationsModule, QueueModule, RunsModule],
  controllers: [EventsController, FilesController, MadeRunsController, RunReplaysController],
  providers: [IngestService, MadeRuns, RunReplays],
  exports: [IngestService],
})
export class IngestModule {}
