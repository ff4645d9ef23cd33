import { z } from 'zod';
import { urlProblem } from '../../connectors/http/http.url.js';
import { subscriptionEvents } from '../../connectors/webhook/subscription-events.js';
import { MAX_WEBHOOK_URL_CHARS } from '../../connectors/webhook/webhook-action.js';
import { HooklineError } from '../../core/errors.js';
import { check, faultsOf } from '../../platform/api/faults.js';

const url = z
  .string()
  .max(MAX_WEBHOOK_URL_CHARS)
  .superRefine((text, context) => {
    const problem = text.isWellFormed() ? urlProblem(text) : 'The URL holds half of a surrogate pair.';
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });
const method = z.enum(['GET', 'POST']);
const eventName = z.enum(subscriptionEvents as [string, ...string[]], {
  error: `There is no such event. Valid ones: ${subscriptionEvents.join(', ')}.`,
});
const events = z
  .array(eventName)
  .min(1, `Name at least one event: ${subscriptionEvents.join(', ')}.`)
  .max(subscriptionEvents.length)
  .transform((names) => [...new Set(names)]);
const workflowId = z
  .string()
  .min(1)
  .max(200)
  .nullable()
  .meta({ description: 'Only events with this `data.workflowId`.' });

const shared = { events, workflowId: workflowId.default(null) };
const flat = z.strictObject({ webhookUrl: url, webhookHttpMethod: method.default('POST'), ...shared });
const nested = z.strictObject({
  webhookConfig: z.strictObject({ url, httpMethod: method.default('POST') }),
  ...shared,
});

export const newSubscription = z.union([flat, nested]).meta({ title: 'NewSubscription' });
export const subscriptionPatch = z
  .strictObject({
    webhookUrl: url.optional(),
    webhookHttpMethod: method.optional(),
    events: events.optional(),
    workflowId: workflowId.optional(),
    enabled: z.boolean().optional(),
  })
  .meta({ title: 'SubscriptionChange' });
export const testBody = z.strictObject({ eventType: eventName }).meta({ title: 'SubscriptionTest' });

export const subscriptionView = z
  .object({
    id: z.string(),
    webhookUrl: z.string(),
    webhookHttpMethod: method,
    events: z.array(z.string()),
    workflowId: z.string().nullable(),
    enabled: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .meta({ title: 'Subscription' });
export type SubscriptionView = z.infer<typeof subscriptionView>;

export interface SubscriptionSettings {
  webhookUrl: string;
  webhookHttpMethod: 'GET' | 'POST';
  events: string[];
  workflowId: string | null;
}

/** Both shapes that clients send, as one. */
export function settingsOf(body: unknown): SubscriptionSettings {
  const isNested = typeof body === 'object' && body !== null && 'webhookConfig' in body;
  if (!isNested) return parsed(flat, body);
  const { webhookConfig, ...rest } = parsed(nested, body);
  return { webhookUrl: webhookConfig.url, webhookHttpMethod: webhookConfig.httpMethod, ...rest };
}

/** That system's clients expect 400 for every fault of a body. */
export function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = check(schema, body ?? {});
  if (result.success) return result.data;
  const faults = faultsOf(result.error);
  throw new HooklineError('malformed', 'invalid_request', `${faults[0].path.slice(0, 200)}: ${faults[0].message}`, {
    faults,
  });
}
