import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { FilesModule } from '../platform/files/files.module.js';
import { HttpModule } from '../platform/http/http.module.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { Cancellations } from './cancellations.js';
import { CompiledDefinitions } from './compiled-definitions.js';
import { ConnectionTestController } from './connection-test.controller.js';
import { ConnectionWaits } from './connection-waits.js';
import { EvaluateController } from './evaluate.controller.js';
import { FileRetention } from './file-retention.js';
import { FormBodies } from './form-bodies.js';
import { PastScope } from './past-scope.js';
import { RemoteFiles } from './remote-files.js';
import { RunHandler } from './run.handler.js';
import { SampleScope } from './sample-scope.js';
import { StepExecutor } from './step.executor.js';
import { StepTestController } from './step-test.controller.js';
import { StepTestService } from './step-test.service.js';
import { TreeStarts } from './tree-starts.js';

@Module({
  imports: [ConnectionsModule, FilesModule, HttpModule, IntegrationsModule, QueueModule, RunsModule],
  controllers: [ConnectionTestController, EvaluateController, StepTestController],
  providers: [
    Cancellations,
    CompiledDefinitions,
    ConnectionWaits,
    FileRetention,
    FormBodies,
    PastScope,
    RemoteFiles,
    RunHandler,
    SampleScope,
    StepExecutor,
    StepTestService,
    TreeStarts,
  ],
  exports: [FileRetention, ConnectionWaits, RunHandler],
})
export class RunnerModule {}
