import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { ConnectionsService } from '../connections/connections.service.js';
import { formatId } from '../core/id.js';
import { Endpoint } from '../platform/api/endpoint.js';
import { idOf } from '../platform/api/id-schema.js';
import { stepTestAnswerSchema, type StepTestAnswer } from './step-test.schema.js';
import { StepTestService } from './step-test.service.js';

const connectionTestSchema = z
  .strictObject({
    url: z
      .string()
      .max(8_192)
      .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url) && !/\{\{|[\p{Cc}\p{Cs}]/u.test(url), {
        error: 'Must be a whole URL that begins with https:// or http://, without expressions.',
      }),
  })
  .meta({ id: 'ConnectionTest' });

/** Lies here, beside the test of a step, because it is one: the same call, guard, judgement and answer. */
@Controller('api/v1/connections')
export class ConnectionTestController {
  constructor(
    private readonly connections: ConnectionsService,
    private readonly tests: StepTestService,
  ) {}

  @Post(':id/test')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Try a connection',
    description: 'Sends a GET that signs in with it. 200 also when the call failed: see `outcome`.',
    answers: { 200: { schema: stepTestAnswerSchema } },
  })
  async test(
    @Param('id', { schema: idOf('con') }) id: string,
    @Body({ schema: connectionTestSchema }) { url }: z.infer<typeof connectionTestSchema>,
  ): Promise<StepTestAnswer> {
    await this.connections.one(id);
    const answer = await this.tests.testConnection(formatId('con', id), url);
    await this.connections.noteTest(id, answer.outcome);
    return answer;
  }
}
