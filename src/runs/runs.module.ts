import { Module } from '@nestjs/common';
import { QueueModule } from '../platform/queue/queue.module.js';
import { DefinitionStore } from './definition-store.js';
import { EventLog } from './event-log.js';
import { HeldRuns } from './held-runs.js';
import { RunReader } from './run-reader.js';
import { RunRecorder } from './run-recorder.js';
import { RunSource } from './run-source.js';
import { RunsController } from './runs.controller.js';

@Module({
  imports: [QueueModule],
  controllers: [RunsController],
  providers: [DefinitionStore, EventLog, HeldRuns, RunReader, RunRecorder, RunSource],
  exports: [DefinitionStore, EventLog, HeldRuns, RunReader, RunRecorder, RunSource],
})
export class RunsModule {}
