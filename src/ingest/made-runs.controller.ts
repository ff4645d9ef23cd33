import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatId } from '../core/id.js';
import { memberText } from '../core/json.js';
import { Endpoint } from '../platform/api/endpoint.js';
import { idOf } from '../platform/api/id-schema.js';
import { newEventSchema } from './event.schema.js';
import { MadeRuns } from './made-runs.service.js';
import { madeRunSchema } from './replays/replay.schema.js';

const manualSchema = z.strictObject({ data: z.unknown().optional() }).optional().meta({ id: 'ManualRun' });
const testSchema = z
  .strictObject({
    event: newEventSchema
      .pick({ source: true, subject: true, time: true, data: true })
      .extend({ type: newEventSchema.shape.type.optional() })
      .optional()
      .meta({ description: 'A sample; only `data` is required.' }),
    eventId: idOf('evt').optional().meta({ description: 'A stored event as the sample.' }),
  })
  .refine((body) => (body.event === undefined) !== (body.eventId === undefined), {
    error: 'Give either event or eventId.',
    path: ['event'],
  })
  .meta({ id: 'DraftTest' });

@Controller('api/v1/integrations')
export class MadeRunsController {
  constructor(private readonly runs: MadeRuns) {}

  @Post(':id/runs')
  @HttpCode(202)
  @Endpoint({
    access: 'operator',
    summary: 'Start a run by hand',
    description: 'Of any integration that is On, whatever its trigger; its condition is not asked.',
    anyNumberOfValues: true,
    answers: { 202: { schema: madeRunSchema, description: 'Queued' } },
  })
  async start(
    @Param('id', { schema: idOf('int') }) id: string,
    @Body({ schema: manualSchema }) _body: z.infer<typeof manualSchema>,
    @Req() request: FastifyRequest,
  ) {
    const dataText = (request.bodyText && memberText(request.bodyText, 'data')) ?? '{}';
    return { runId: formatId('run', await this.runs.startManually(id, dataText)) };
  }

  @Post(':id/test')
  @HttpCode(202)
  @Endpoint({
    access: 'developer',
    summary: 'Run the draft with a sample',
    description: 'Makes every call for real. The run is on record with `test: true`.',
    anyNumberOfValues: true,
    answers: { 202: { schema: madeRunSchema, description: 'Queued' } },
  })
  async test(
    @Param('id', { schema: idOf('int') }) id: string,
    @Body({ schema: testSchema }) body: z.infer<typeof testSchema>,
    @Req() request: FastifyRequest,
  ) {
    const runId =
      body.eventId === undefined
        ? await this.runs.testWith(id, body.event!, memberText(memberText(request.bodyText!, 'event')!, 'data')!)
        : await this.runs.testOn(id, body.eventId);
    return { runId: formatId('run', runId) };
  }
}
