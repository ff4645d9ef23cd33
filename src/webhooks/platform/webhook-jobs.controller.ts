import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { CallerOf, type Caller } from '../../platform/api/caller.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { jobChange, jobsQuery, jobView, type JobChange, type JobsQuery } from './job.schema.js';
import { WebhookJobsService } from './webhook-jobs.service.js';

const one = z.object({ webhookJob: jobView });
const ID = { schema: z.uuid() };

@Controller('app/api/v1/webhookJobs')
export class WebhookJobsController {
  constructor(private readonly jobs: WebhookJobsService) {}

  @Get()
  @Endpoint({
    access: 'viewer',
    summary: 'List webhook jobs',
    answers: { 200: { schema: z.object({ webhookJobs: z.array(jobView), nextPageToken: z.string().nullable() }) } },
  })
  list(@Query({ schema: jobsQuery }) query: JobsQuery) {
    return this.jobs.list(query);
  }

  @Get(':id')
  @Endpoint({ access: 'viewer', summary: 'Read a webhook job', answers: { 200: { schema: one } } })
  async read(@Param('id', ID) id: string) {
    return { webhookJob: await this.jobs.one(id) };
  }

  @Put(':id')
  @Endpoint({
    access: 'operator',
    summary: 'Retry or cancel a webhook job',
    description:
      '`Queued` sends the stored content again, to `url` where one is given; `Cancelled` ends a job that waits.',
    answers: { 200: { schema: one } },
  })
  async change(@Param('id', ID) id: string, @Body({ schema: jobChange }) body: JobChange, @CallerOf() caller: Caller) {
    return { webhookJob: await this.jobs.change(id, body, caller.name) };
  }
}
