import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { EventsController } from './events.controller.js';
import { IngestService } from './ingest.service.js';

@Module({
  imports: [IntegrationsModule, QueueModule, RunsModule],
  controllers: [EventsController],
  providers: [IngestService],
  exports: [IngestService],
})
export class IngestModule {}
