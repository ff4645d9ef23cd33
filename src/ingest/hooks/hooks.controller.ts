import { All, Controller, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HookVerification, WebhookTrigger } from '../../core/definition.js';
import { notFound } from '../../core/errors.js';
import { HookUrls } from '../../integrations/hook-urls.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { problemOf } from '../../platform/api/problem.js';
import { LastStep } from './last-step.js';
import { HooksService, type RefusalReason } from './hooks.service.js';

const acceptedHook = z.object({ id: z.string(), runs: z.array(z.string()) }).meta({ id: 'AcceptedDelivery' });

/** What is said of a refusal: nothing that helps somebody who guesses. */
const REFUSALS: Partial<Record<RefusalReason, [status: number, code: string, detail: string]>> = {
  method: [405, 'method_not_allowed', 'This hook does not take this method.'],
  too_large: [413, 'too_large', 'The data of a delivery may have 1 MiB at most, a file 100 MiB.'],
  media_type: [415, 'unsupported_content_encoding', 'Send the body uncompressed.'],
  malformed: [400, 'malformed_body', 'The body is not what its Content-Type says.'],
  conflict: [409, 'event_conflict', 'Another delivery has this id.'],
};
const UNAUTHORIZED: [number, string, string] = [401, 'unauthorized', 'The delivery was refused.'];

@Controller('hooks')
export class HooksController {
  constructor(
    private readonly urls: HookUrls,
    private readonly hooks: HooksService,
    private readonly lastStep: LastStep,
  ) {}

  @All(':token')
  @Endpoint({
    access: 'anonymous',
    summary: 'Deliver to a hook URL',
    description:
      'Any method that the trigger allows, and any body. Who may is said by the verification of the trigger.',
    rawBody: true,
    answers: {
      202: { schema: acceptedHook, description: 'Stored' },
      200: { schema: acceptedHook, description: 'Known: the first answer again' },
    },
  })
  async receive(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const hook = await this.urls.find(token);
    if (hook === null) throw notFound('hook', '…');
    const outcome = await this.hooks.receive(hook, request);
    switch (outcome.kind) {
      case 'accepted': {
        const { id, runs, duplicate } = outcome.answer;
        if (hook.trigger.answer === 'last-step' && runs.length > 0) {
          const answer = await this.lastStep.answerOf(runs[0]);
          if (answer?.kind === 'failed') return fail(reply, runs[0]);
          if (answer) return void reply.status(200).header('content-type', answer.contentType).send(answer.body);
        }
        return send(reply.status(duplicate ? 200 : 202), 'application/json', JSON.stringify({ id, runs }));
      }
      case 'handshake':
        return send(
          reply.status(outcome.answer.status).headers(outcome.answer.headers),
          'text/plain; charset=utf-8',
          outcome.answer.text,
        );
      case 'refused':
        return refuse(reply, outcome.reason, hook.trigger);
    }
  }
}

function fail(reply: FastifyReply, runId: string): void {
  const problem = problemOf(502, 'run_failed', `The run ${runId} did not succeed.`);
  send(reply.status(502), 'application/problem+json', JSON.stringify(problem));
}

function refuse(reply: FastifyReply, reason: RefusalReason, { methods, verification }: WebhookTrigger): void {
  const [status, code, detail] = REFUSALS[reason] ?? UNAUTHORIZED;
  if (status === 405) reply.header('allow', methods.join(', '));
  if (status === 401) reply.header('www-authenticate', challengeOf(verification));
  send(reply.status(status), 'application/problem+json', JSON.stringify(problemOf(status, code, detail)));
}

/** RFC 9110, 11.6.1: every 401 has one. Signatures have no registered scheme. */
const challengeOf = ({ preset }: HookVerification): string =>
  preset === 'basic' ? 'Basic realm="hook"' : preset === 'bearer' ? 'Bearer realm="hook"' : 'Signature realm="hook"';

/** Bytes: Fastify would add a charset to the type of a text. */
function send(reply: FastifyReply, contentType: string, text: string): void {
  reply.header('content-type', contentType).send(Buffer.from(text));
}
