import { z } from 'zod';
import type { WebhookActionKey, WebhookInput } from '../../core/definition.js';
import { Budget, MAX_WORK } from '../../platform/expressions/budget.js';
import { MappingError, type Scope } from '../../platform/expressions/template.js';
import { actionOf, type Action, type BuildOutcome, type BuiltRequest } from '../action.js';
import { ANY_2XX, judgeResponse, outputOf } from '../http/http.response.js';
import { FaultList, type Mapped } from '../http/mapped-value.js';

/** The most characters of an address that can be registered. */
export const MAX_WEBHOOK_URL_CHARS = 8 * 1024;

export const webhookInput: z.ZodType<WebhookInput> = z.strictObject({
  url: z.string().max(MAX_WEBHOOK_URL_CHARS),
  method: z.enum(['GET', 'POST']).optional(),
});

/**
 * An action of a face: the request follows from the event alone, any 2xx is success, and no redirect is followed.
 * @param compile what it answers throws `MappingError` where the event lacks what the face's clients are promised
 */
export const webhookAction = (
  key: WebhookActionKey,
  title: string,
  compile: (input: WebhookInput, faults: FaultList) => Mapped<BuiltRequest>,
): Action =>
  actionOf({
    key,
    title,
    inputSchema: webhookInput,
    compile: (input) => {
      const list = new FaultList();
      const request = compile(input, list);
      const step = {
        redirects: 0,
        pages: null,
        keepsFile: () => false,
        build: (scope: Scope) => built(request, scope),
        judge: (response, scope) => judgeResponse(ANY_2XX, response, scope),
        output: outputOf,
      } satisfies ReturnType<Action['compile']>;
      return { step, faults: list.faults };
    },
  });

function built(request: Mapped<BuiltRequest>, scope: Scope): BuildOutcome {
  try {
    return { kind: 'request', request: request(scope, new Budget(MAX_WORK)) };
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return { kind: 'failed', error: { code: 'mapping', message: error.message }, request: null };
  }
}
