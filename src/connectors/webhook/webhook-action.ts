import type { WebhookActionKey, WebhookInput } from '../../core/definition.js';
import { z } from 'zod';
import { MappingError, type Scope } from '../../platform/expressions/template.js';
import { actionOf, type Action, type BuiltRequest } from '../action.js';
import { ANY_2XX, judgeResponse, outputOf } from '../http/http.response.js';

/** The most characters of an address that can be registered. */
export const MAX_WEBHOOK_URL_CHARS = 8 * 1024;

export const webhookInput: z.ZodType<WebhookInput> = z.strictObject({ url: z.string().max(MAX_WEBHOOK_URL_CHARS) });

/**
 * An action of a face: the request follows from the event alone, any 2xx is success, and no redirect is followed.
 * @param request throws `MappingError` where the event lacks what the face's clients are promised
 */
export const webhookAction = (
  key: WebhookActionKey,
  title: string,
  request: (input: WebhookInput, trigger: Record<string, unknown>) => BuiltRequest,
): Action =>
  actionOf({
    key,
    title,
    inputSchema: webhookInput,
    compile: (input) => ({
      faults: [],
      step: {
        redirects: 0,
        keepsFile: () => false,
        build: (scope) => built(() => request(input, scope.trigger as Record<string, unknown>)),
        judge: (response, scope: Scope) => judgeResponse(ANY_2XX, response, scope),
        output: outputOf,
      },
    }),
  });

function built(build: () => BuiltRequest) {
  try {
    return { kind: 'request' as const, request: build() };
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return { kind: 'failed' as const, error: { code: 'mapping' as const, message: error.message }, request: null };
  }
}
