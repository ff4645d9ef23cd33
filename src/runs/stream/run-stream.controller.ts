import type { Readable } from 'node:stream';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessHook } from '../../access/access.hook.js';
import { formatId } from '../../core/id.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { runFilter } from '../run-query.js';
import { RunStreams } from './run-streams.js';

const streamQuery = z.strictObject(runFilter);

@Controller('api/v1/runs/stream')
export class RunStreamController {
  constructor(
    private readonly streams: RunStreams,
    private readonly access: AccessHook,
  ) {}

  @Get()
  @Endpoint({
    access: 'viewer',
    summary: 'Follow runs as they change (server-sent events)',
    description:
      '`run`: a run as in the list, when it came in or changed. `more`: so many came in that some are not named. ' +
      '`ready`: from here on nothing is missed; read the list then. Ends when the key or the session does.',
    answers: { 200: { schema: z.string(), contentType: 'text/event-stream' } },
  })
  async stream(
    @Query({ schema: streamQuery }) { integrationId, eventId, status, test, q }: z.infer<typeof streamQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const filter = {
      integrationId: integrationId && formatId('int', integrationId),
      eventId: eventId && formatId('evt', eventId),
      statuses: status,
      test: test === undefined ? undefined : test === 'true',
      q,
    };
    const stream = await this.streams.open(filter, () => this.access.stillMay(request));
    // A proxy that collects an answer before it hands it on would hold back every event.
    reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' }).type('text/event-stream');
    return stream;
  }
}
