import { z } from 'zod';
import { platformEvents, platformEventsOf, type PlatformEvent } from '../../connectors/webhook/platform-events.js';
import { MAX_WEBHOOK_URL_CHARS } from '../../connectors/webhook/webhook-action.js';
import { HooklineError, type Fault } from '../../core/errors.js';

export type Scope = PlatformEvent['scope'];

const oneLine = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => !/\p{Cc}/u.test(text) && text.isWellFormed() && text.trim() !== '', {
      message: 'Must be one line without control characters, and not empty.',
    });

export const kappSlug = oneLine(200);
export const webhookName = oneLine(180);
const url = oneLine(MAX_WEBHOOK_URL_CHARS).meta({
  description: 'An http(s) address, or `/<Tree Group>/<Tree Name>`; may hold `{{ }}` or `${ }`.',
});
const filter = z
  .string()
  .max(10_000)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'May not hold U+0000 or half of a surrogate pair.')
  .nullable()
  .meta({ description: 'A CEL expression over `trigger`; empty lets every event pass.' });

/** Kinds and events are judged by `eventOf`: which are valid depends on the scope. */
export const newWebhook = z
  .strictObject({
    name: webhookName,
    type: z.string().max(100),
    event: z.string().max(100),
    filter: filter.default(''),
    url,
  })
  .meta({ title: 'NewPlatformWebhook' });
export type NewWebhook = z.infer<typeof newWebhook>;

export const webhookPatch = z
  .strictObject({
    name: webhookName.optional(),
    type: z.string().max(100).optional(),
    event: z.string().max(100).optional(),
    filter: filter.optional(),
    url: url.optional(),
  })
  .meta({ title: 'PlatformWebhookChange' });
export type WebhookPatch = z.infer<typeof webhookPatch>;

export const webhookView = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    event: z.string(),
    filter: z.string(),
    url: z.string(),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    updatedAt: z.iso.datetime(),
    updatedBy: z.string(),
  })
  .meta({ title: 'PlatformWebhook' });
export type WebhookView = z.infer<typeof webhookView>;

/** What a type and an event stand for. Throws a 400 that names what the scope knows. */
export function eventOf(scope: Scope, type: string, event: string): PlatformEvent {
  const known = platformEventsOf(scope);
  const found = known.find((each) => each.type === type && each.event === event);
  if (found) return found;
  const ofType = known.filter((each) => each.type === type);
  const fault: Fault =
    ofType.length > 0
      ? { path: '/event', code: 'unknown_event', message: `"${type}" has the events ${list(ofType, 'event')}.` }
      : { path: '/type', code: 'unknown_type', message: `A ${scope} webhook has the types ${list(known, 'type')}.` };
  throw new HooklineError('malformed', fault.code, fault.message, { faults: [fault] });
}

const list = (events: readonly PlatformEvent[], member: 'type' | 'event'): string =>
  [...new Set(events.map((each) => each[member]))].join(', ');

export const typesOf = (scope: Scope): string[] => [...new Set(platformEventsOf(scope).map(({ type }) => type))];

/** By type. */
export const eventsOf = (scope: Scope): Record<string, string[]> =>
  Object.fromEntries(
    typesOf(scope).map((type) => [type, platformEvents.filter((each) => each.type === type).map(({ event }) => event)]),
  );
