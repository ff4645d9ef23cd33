import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { FailureCausesController } from './causes/failure-causes.controller.js';
import { FailureCauses } from './causes/failure-causes.js';
import { DefinitionStore } from './definition-store.js';
import { EventLog } from './event-log.js';
import { RunArchive } from './export/run-archive.js';
import { RunExportsController } from './export/run-exports.controller.js';
import { HeldRuns } from './held-runs.js';
import { LastCalls } from './last-calls.js';
import { PastRuns } from './past-runs.js';
import { ReplaySources } from './replay-sources.js';
import { RunChains } from './run-chains.js';
import { RunControl } from './run-control.js';
import { RunCreator } from './run-creator.js';
import { RunEnds } from './run-ends.js';
import { RunReader } from './run-reader.js';
import { RunRecorder } from './run-recorder.js';
import { RunSource } from './run-source.js';
import { RunsController } from './runs.controller.js';
import { RunActivity } from './stats/run-activity.js';
import { RunStatsController } from './stats/run-stats.controller.js';
import { RunStats } from './stats/run-stats.js';
import { RunStreamController } from './stream/run-stream.controller.js';
import { RunStreams } from './stream/run-streams.js';
import { RunWatch } from './stream/run-watch.js';
import { WakeUps } from './wake-ups.js';
import { UnfinishedMentions } from './unfinished-mentions.js';
import { WaitingRuns } from './waiting-runs.js';

@Module({
  imports: [AccessModule, QueueModule],
  controllers: [RunStreamController, FailureCausesController, RunsController, RunExportsController, RunStatsController],
  providers: [
    DefinitionStore,
    EventLog,
    FailureCauses,
    HeldRuns,
    LastCalls,
    PastRuns,
    ReplaySources,
    RunActivity,
    RunArchive,
    RunChains,
    RunControl,
    RunCreator,
    RunEnds,
    RunReader,
    RunRecorder,
    RunSource,
    UnfinishedMentions,
    RunStats,
    RunStreams,
    RunWatch,
    WaitingRuns,
    WakeUps,
  ],
  exports: [
    DefinitionStore,
    EventLog,
    HeldRuns,
    LastCalls,
    PastRuns,
    ReplaySources,
    RunActivity,
    RunChains,
    RunControl,
    RunCreator,
    RunEnds,
    RunReader,
    RunRecorder,
    RunSource,
    UnfinishedMentions,
    WaitingRuns,
  ],
})
export class RunsModule {}
