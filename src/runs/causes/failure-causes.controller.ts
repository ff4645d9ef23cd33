import { Controller, Get, Query } from '@nestjs/common';
import type { Page } from '../../platform/api/paging.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { FailureCauses } from './failure-causes.js';
import { causesQuery, causesSchema, type CausesQuery, type CauseView } from './failure-causes.schema.js';

@Controller('api/v1/runs/causes')
export class FailureCausesController {
  constructor(private readonly causes: FailureCauses) {}

  @Get()
  @Endpoint({
    access: 'viewer',
    summary: 'List why runs failed, the most frequent cause first',
    description: 'Counts the newest 10,000 failed runs of the time asked for; tests are left out.',
    answers: { 200: { schema: causesSchema } },
  })
  list(@Query({ schema: causesQuery }) query: CausesQuery): Promise<Page<CauseView>> {
    return this.causes.list(query);
  }
}
