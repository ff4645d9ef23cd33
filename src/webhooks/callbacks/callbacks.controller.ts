import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CallerOf, type Caller } from '../../platform/api/caller.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import {
  callbacksBody,
  callbacksDocument,
  processQuery,
  savedCallbacksDocument,
  type CallbacksBody,
} from './callback.schema.js';
import { CallbacksService } from './callbacks.service.js';

type ProcessQuery = z.infer<typeof processQuery>;

@Controller('api/v1/developer/instance-callbacks')
export class CallbacksController {
  constructor(private readonly callbacks: CallbacksService) {}

  @Get()
  @Endpoint({
    access: 'developer',
    summary: 'Read instance callback URLs',
    answers: { 200: { schema: callbacksDocument } },
  })
  read(@Query({ schema: processQuery }) { processName = '' }: ProcessQuery) {
    return this.callbacks.read(processName);
  }

  @Put()
  @Endpoint({
    access: 'developer',
    summary: 'Replace instance callback URLs',
    description:
      'Each URL is called with GET when an instance of the process is created, updated or deleted, with `instanceID`, `processName` and `eventType` after its own query. A line that is no http(s) URL is named by its number, and nothing is saved.',
    answers: { 200: { schema: savedCallbacksDocument } },
  })
  save(
    @Query({ schema: processQuery }) { processName = '' }: ProcessQuery,
    @Body({ schema: callbacksBody }) body: CallbacksBody,
    @CallerOf() caller: Caller,
  ) {
    return this.callbacks.save(processName, body, caller.id);
  }
}
