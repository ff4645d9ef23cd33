import { Module } from '@nestjs/common';
import { DefinitionStore } from './definition-store.js';
import { HeldRuns } from './held-runs.js';

@Module({
  providers: [DefinitionStore, HeldRuns],
  exports: [DefinitionStore, HeldRuns],
})
export class RunsModule {}
