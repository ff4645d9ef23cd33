import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CallerOf, type Caller } from '../../platform/api/caller.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { idOf } from '../../platform/api/id-schema.js';
import { decodeCursor, pageFrom, pageOf, pageQuery, type PageQuery } from '../../platform/api/paging.js';
import { msOf, replaySchema, runsReplaySchema, startedReplaySchema, type RunsReplayBody } from './replay-job.schema.js';
import { ReplayJobs, replayView } from './replay-jobs.service.js';

@Controller('api/v1')
export class ReplayJobsController {
  constructor(private readonly jobs: ReplayJobs) {}

  @Post('runs/replay')
  @HttpCode(202)
  @Endpoint({
    access: 'operator',
    summary: 'Repeat many runs',
    description: 'Oldest first, at the rate given. Those that cannot be repeated are skipped, and say why.',
    answers: { 202: { schema: startedReplaySchema, description: 'Counted, and under way' } },
  })
  start(@Body({ schema: runsReplaySchema }) body: RunsReplayBody, @CallerOf() caller: Caller) {
    const { filter, includeRepaired, ...rest } = body;
    const { status, from, to, ...others } = filter;
    return this.jobs.start(
      { ...rest, filter: { kind: 'runs', statuses: status, includeRepaired, ...others, ...msOf(from, to) } },
      caller.id,
    );
  }

  @Get('replays')
  @Endpoint({
    access: 'viewer',
    summary: 'List replays and backfills, newest first',
    answers: { 200: { schema: pageOf(replaySchema) } },
  })
  async list(@Query({ schema: pageQuery }) { limit, cursor }: PageQuery) {
    const rows = await this.jobs.list(limit + 1, decodeCursor(cursor, z.uuid()));
    return pageFrom(rows, limit, (row) => row.id, replayView);
  }

  @Get('replays/:id')
  @Endpoint({
    access: 'viewer',
    summary: 'Read how far a replay is',
    answers: { 200: { schema: replaySchema } },
  })
  read(@Param('id', { schema: idOf('rpl') }) id: string) {
    return this.jobs.one(id);
  }

  @Delete('replays/:id')
  @Endpoint({
    access: 'operator',
    summary: 'Stop a replay',
    description: 'The runs that it has made go on.',
    answers: { 200: { schema: replaySchema } },
  })
  stop(@Param('id', { schema: idOf('rpl') }) id: string) {
    return this.jobs.stop(id);
  }
}
