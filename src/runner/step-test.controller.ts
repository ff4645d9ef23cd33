import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Endpoint } from '../platform/api/endpoint.js';
import { idOf } from '../platform/api/id-schema.js';
import { stepTestAnswerSchema, stepTestSchema, type StepTestAnswer, type StepTestBody } from './step-test.schema.js';
import { StepTestService } from './step-test.service.js';

@Controller('api/v1/integrations')
export class StepTestController {
  constructor(private readonly tests: StepTestService) {}

  @Post(':id/steps/:key/test')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Test one step of the draft with a sample',
    description: 'Sends the real call unless `preview` is set. 200 also when the call failed: see `outcome`.',
    answers: { 200: { schema: stepTestAnswerSchema } },
  })
  test(
    @Param('id', { schema: idOf('int') }) id: string,
    @Param('key') key: string,
    @Body({ schema: stepTestSchema }) body: StepTestBody,
    @Req() request: FastifyRequest,
  ): Promise<StepTestAnswer> {
    return this.tests.test(id, key, body, request.bodyText!);
  }
}
