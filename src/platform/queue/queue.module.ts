import { Module } from '@nestjs/common';
import { Dispatcher } from './dispatcher.js';
import { Jobs } from './jobs.js';
import { WorkerRegistry } from './worker-registry.js';

@Module({ providers: [Dispatcher, Jobs, WorkerRegistry], exports: [Dispatcher, Jobs, WorkerRegistry] })
export class QueueModule {}
