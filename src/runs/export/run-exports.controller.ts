import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Endpoint } from '../../platform/api/endpoint.js';
import { idOf } from '../../platform/api/id-schema.js';
import { RunArchive } from './run-archive.js';

@Controller('api/v1/runs/:id')
export class RunExportsController {
  constructor(private readonly archive: RunArchive) {}

  @Get('attempts/:attemptId/curl')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Endpoint({
    access: 'viewer',
    summary: 'An attempt as a curl command',
    description: 'For a POSIX shell; sends what the attempt sent. Masked values stay masked. 409 if nothing was sent.',
    answers: { 200: { schema: z.string(), contentType: 'text/plain' } },
  })
  curl(
    @Param('id', { schema: idOf('run') }) id: string,
    @Param('attemptId', { schema: idOf('att') }) attemptId: string,
  ): Promise<string> {
    return this.archive.curl(id, attemptId);
  }

  @Get('har')
  @Endpoint({
    access: 'viewer',
    summary: 'A run as an HTTP archive (HAR 1.2)',
    description: 'Every attempt, oldest first. Holds 32 MiB of bodies; one beyond that is left out with a comment.',
    answers: { 200: { schema: z.looseObject({ log: z.looseObject({}) }) } },
  })
  async har(
    @Param('id', { schema: idOf('run') }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Record<string, unknown>> {
    const { number, har } = await this.archive.har(id);
    reply.header('content-disposition', `attachment; filename="run-${number}.har"`);
    return har;
  }
}
