import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { formatId } from '../../core/id.js';
import { memberText } from '../../core/json.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { idOf } from '../../platform/api/id-schema.js';
import { madeRunSchema, runReplaySchema, type RunReplayBody } from './replay.schema.js';
import { RunReplays } from './run-replays.service.js';

@Controller('api/v1/runs')
export class RunReplaysController {
  constructor(private readonly replays: RunReplays) {}

  @Post(':id/replay')
  @HttpCode(202)
  @Endpoint({
    access: 'operator',
    summary: 'Repeat a run that is over',
    description: 'A new run, with `replayOf`. Steps before `from` keep their results; one that has none is run.',
    anyNumberOfValues: true,
    answers: { 202: { schema: madeRunSchema, description: 'Queued' } },
  })
  async replay(
    @Param('id', { schema: idOf('run') }) id: string,
    @Body({ schema: runReplaySchema }) { from, version }: RunReplayBody,
    @Req() request: FastifyRequest,
  ) {
    const runId = await this.replays.replay(id, { from, version }, { dataText: memberText(request.bodyText!, 'data') });
    return { runId: formatId('run', runId) };
  }
}
