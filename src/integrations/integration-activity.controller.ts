import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Endpoint } from '../platform/api/endpoint.js';
import { IntegrationActivity } from './integration-activity.js';
import { activityQuery, activitySchema, countsSchema } from './integration-activity.schema.js';
import type { ActivityView, CountsView } from './integration-activity.schema.js';

@Controller('api/v1/integrations')
export class IntegrationActivityController {
  constructor(private readonly activity: IntegrationActivity) {}

  @Get('activity')
  @Endpoint({
    access: 'viewer',
    summary: 'Read what integrations did in the last 24 hours, hour by hour',
    answers: { 200: { schema: activitySchema } },
  })
  read(@Query({ schema: activityQuery }) { ids }: z.infer<typeof activityQuery>): Promise<ActivityView> {
    return this.activity.of(ids);
  }

  @Get('counts')
  @Endpoint({
    access: 'viewer',
    summary: 'Count integrations by state',
    answers: { 200: { schema: countsSchema } },
  })
  counts(): Promise<CountsView> {
    return this.activity.counts();
  }
}
