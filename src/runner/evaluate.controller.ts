import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { notFound } from '../core/errors.js';
import { newUuid, parseId } from '../core/id.js';
import { IntegrationsService } from '../integrations/integrations.service.js';
import { Endpoint } from '../platform/api/endpoint.js';
import { evaluateSchema, evaluationSchema, type EvaluateBody, type Evaluation } from './evaluate.schema.js';
import { evaluateAll } from './evaluate.js';
import { PastScope } from './past-scope.js';
import { SampleScope } from './sample-scope.js';

/** Lies here because it asks what a run would: the same scope, the same evaluator, the same limits. */
@Controller('api/v1/evaluate')
export class EvaluateController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly samples: SampleScope,
    private readonly past: PastScope,
  ) {}

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Work out expressions on a sample',
    description: 'Sends nothing and stores nothing. 200 also where an expression has an error: see `errors`.',
    answers: { 200: { schema: evaluationSchema } },
  })
  async evaluate(
    @Body({ schema: evaluateSchema }) body: EvaluateBody,
    @Req() request: FastifyRequest,
  ): Promise<Evaluation> {
    if (body.runId !== undefined) return evaluateAll(body.expressions, await this.past.of(body.runId));
    const draft = body.integrationId === undefined ? null : await this.draftOf(body.integrationId);
    return evaluateAll(body.expressions, await this.samples.of(draft, newUuid(), body, request.bodyText!));
  }

  private draftOf(integrationId: string) {
    const uuid = parseId('int', integrationId);
    if (uuid === null) throw notFound('integration', integrationId);
    return this.integrations.definitionOf(uuid, 'draft');
  }
}
