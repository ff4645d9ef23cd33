import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { formatId } from '../../core/id.js';
import { listenedTypes } from '../../core/definition.js';
import { RunnableIntegrations } from '../../integrations/runnable-integrations.js';
import { CallerOf, type Caller } from '../../platform/api/caller.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { idOf } from '../../platform/api/id-schema.js';
import { Database } from '../../platform/database/database.js';
import { EventReplays } from './event-replays.service.js';
import { backfillSchema, msOf, startedReplaySchema, type BackfillBody } from './replay-job.schema.js';
import { ReplayJobs } from './replay-jobs.service.js';
import { eventReplaySchema, madeRunsSchema, type EventReplayBody } from './replay.schema.js';

@Controller('api/v1')
export class EventReplaysController {
  constructor(
    private readonly database: Database,
    private readonly events: EventReplays,
    private readonly jobs: ReplayJobs,
    private readonly integrations: RunnableIntegrations,
  ) {}

  @Post('events/:id/replay')
  @HttpCode(202)
  @Endpoint({
    access: 'operator',
    summary: 'Run an event again',
    description: 'As if it came now; with `integrationId` for that integration alone, whatever its condition says.',
    answers: { 202: { schema: madeRunsSchema, description: 'Queued' } },
  })
  async replay(
    @Param('id', { schema: idOf('evt') }) id: string,
    @Body({ schema: eventReplaySchema }) body: EventReplayBody,
  ) {
    const runIds = await this.events.replay(id, body?.integrationId);
    return { runIds: runIds.map((runId) => formatId('run', runId)) };
  }

  @Post('integrations/:id/backfill')
  @HttpCode(202)
  @Endpoint({
    access: 'operator',
    summary: 'Run an integration over past events',
    description:
      'Oldest first, at the rate given. The condition of its trigger decides about each event, as if it came now.',
    answers: { 202: { schema: startedReplaySchema, description: 'Counted, and under way' } },
  })
  async backfill(
    @Param('id', { schema: idOf('int') }) id: string,
    @Body({ schema: backfillSchema }) { filter, includeRun, ...pace }: BackfillBody,
    @CallerOf() caller: Caller,
  ) {
    const integration = await this.integrations.on(this.database.source.manager, id);
    const { type, from, to, ...rest } = filter;
    const listened = listenedTypes(integration.definition.trigger);
    const types = type !== undefined ? [type] : listened.length > 0 ? listened : null;
    return this.jobs.start(
      { ...pace, filter: { kind: 'events', integrationId: id, types, includeRun, ...rest, ...msOf(from, to) } },
      caller.id,
    );
  }
}
