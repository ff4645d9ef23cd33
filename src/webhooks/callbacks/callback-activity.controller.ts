import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Endpoint } from '../../platform/api/endpoint.js';
import { pageOf } from '../../platform/api/paging.js';
import {
  callbackSet,
  callbackTest,
  lastCall,
  setsQuery,
  type CallbackTest,
  type SetsQuery,
} from './callback-activity.schema.js';
import { CallbackActivity } from './callback-activity.service.js';
import { processQuery } from './callback.schema.js';

type ProcessQuery = z.infer<typeof processQuery>;

@Controller('api/v1/developer/instance-callbacks')
export class CallbackActivityController {
  constructor(private readonly activity: CallbackActivity) {}

  @Get('processes')
  @Endpoint({
    access: 'developer',
    summary: 'List which processes call back',
    answers: { 200: { schema: pageOf(callbackSet) } },
  })
  sets(@Query({ schema: setsQuery }) query: SetsQuery) {
    return this.activity.sets(query);
  }

  @Get('last-calls')
  @Endpoint({
    access: 'developer',
    summary: 'Read how the last call of each callback URL ended',
    answers: { 200: { schema: z.object({ calls: z.array(lastCall) }) } },
  })
  async lastCalls(@Query({ schema: processQuery }) { processName = '' }: ProcessQuery) {
    return { calls: await this.activity.lastCalls(processName) };
  }

  @Post('test')
  @HttpCode(202)
  @Endpoint({
    access: 'developer',
    summary: 'Call the stored URLs of an event with sample data',
    answers: { 202: { schema: z.object({ runs: z.array(z.string()) }) } },
  })
  async test(
    @Query({ schema: processQuery }) { processName = '' }: ProcessQuery,
    @Body({ schema: callbackTest }) { event }: CallbackTest,
  ) {
    return { runs: await this.activity.test(processName, event) };
  }
}
