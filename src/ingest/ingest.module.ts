import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { FilesModule } from '../platform/files/files.module.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { EventJudge } from './event-judge.js';
import { EventTrace } from './event-trace.service.js';
import { EventsController } from './events.controller.js';
import { FilesController } from './files.controller.js';
import { HeldLimit } from './held-limit.js';
import { HookDeliveriesController } from './hooks/hook-deliveries.controller.js';
import { HookDeliveryLog } from './hooks/hook-delivery-log.js';
import { HookFiles } from './hooks/hook-files.js';
import { HooksController } from './hooks/hooks.controller.js';
import { HooksService } from './hooks/hooks.service.js';
import { LastStep } from './hooks/last-step.js';
import { IngestService } from './ingest.service.js';
import { MadeRunsController } from './made-runs.controller.js';
import { MadeRuns } from './made-runs.service.js';
import { EventReplaysController } from './replays/event-replays.controller.js';
import { ReplayJobsController } from './replays/replay-jobs.controller.js';
import { ReplaysModule } from './replays/replays.module.js';
import { RunReplaysController } from './replays/run-replays.controller.js';
import { ScheduleClock } from './schedule-clock.js';

@Module({
  imports: [
    ConnectionsModule,
    ConnectorsModule,
    FilesModule,
    IntegrationsModule,
    QueueModule,
    ReplaysModule,
    RunsModule,
  ],
  controllers: [
    EventsController,
    FilesController,
    HookDeliveriesController,
    HooksController,
    MadeRunsController,
    EventReplaysController,
    ReplayJobsController,
    RunReplaysController,
  ],
  providers: [
    EventJudge,
    EventTrace,
    HeldLimit,
    HookDeliveryLog,
    HookFiles,
    HooksService,
    LastStep,
    IngestService,
    MadeRuns,
    ScheduleClock,
  ],
  exports: [IngestService, MadeRuns, ReplaysModule],
})
export class IngestModule {}
