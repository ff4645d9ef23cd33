import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { FilesModule } from '../platform/files/files.module.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { EventsController } from './events.controller.js';
import { FilesController } from './files.controller.js';
import { IngestService } from './ingest.service.js';

@Module({
  imports: [FilesModule, IntegrationsModule, QueueModule, RunsModule],
  controllers: [EventsController, FilesController],
  providers: [IngestService],
  exports: [IngestService],
})
export class IngestModule {}
