import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Endpoint } from '../../platform/api/endpoint.js';
import { RunStats } from './run-stats.js';
import { statsQuery, statsSchema, type RunStatsView } from './run-stats.schema.js';

@Controller('api/v1/stats')
export class RunStatsController {
  constructor(private readonly stats: RunStats) {}

  @Get()
  @Endpoint({
    access: 'viewer',
    summary: 'Count runs over a range of time, for charts',
    answers: { 200: { schema: statsSchema } },
  })
  read(@Query({ schema: statsQuery }) { range, integrationId }: z.infer<typeof statsQuery>): Promise<RunStatsView> {
    return this.stats.read(range, integrationId ?? null);
  }
}
