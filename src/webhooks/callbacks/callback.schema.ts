import { z } from 'zod';
import { MAX_WEBHOOK_URL_CHARS } from '../../connectors/webhook/webhook-action.js';

export const CALLBACK_EVENTS = ['created', 'updated', 'deleted'] as const;
export type CallbackEvent = (typeof CALLBACK_EVENTS)[number];

/** Of one event. */
export const MAX_CALLBACK_URLS = 20;
const MAX_TEXT_CHARS = MAX_CALLBACK_URLS * (MAX_WEBHOOK_URL_CHARS + 10);

const urls = z
  .union([z.array(z.string().max(MAX_TEXT_CHARS)).max(500), z.string().max(MAX_TEXT_CHARS)], {
    error: 'Must be a list of URLs, or one string with a URL per line.',
  })
  .default([])
  .meta({ description: 'A list, or one string with a URL per line; at most 20.' });

const eventIn = z.strictObject({ enabled: z.boolean().default(false), urls }).prefault({});
const eventOut = z.object({ enabled: z.boolean(), urls: z.array(z.string()) });
const shared = {
  delivery: z.enum(['durable', 'best-effort']).default('durable').meta({
    description: '`durable` tries up to 12 times, `best-effort` once.',
  }),
};

export const callbacksBody = z
  .strictObject({ created: eventIn, updated: eventIn, deleted: eventIn, ...shared, sign: z.boolean().default(false) })
  .meta({ title: 'InstanceCallbacksChange' });
export type CallbacksBody = z.infer<typeof callbacksBody>;

const view = { created: eventOut, updated: eventOut, deleted: eventOut, ...shared, sign: z.boolean() };
export const callbacksDocument = z.object(view).meta({ title: 'InstanceCallbacks' });
export type CallbacksView = z.infer<typeof callbacksDocument>;

export const savedCallbacksDocument = z
  .object({
    ...view,
    signingSecret: z.string().optional().meta({
      description: 'Where signing was turned on: receivers verify with it (Standard Webhooks). Shown this once.',
    }),
  })
  .meta({ title: 'SavedInstanceCallbacks' });
export type SavedCallbacks = z.infer<typeof savedCallbacksDocument>;

export const processQuery = z.strictObject({
  processName: z
    .string()
    .min(1)
    .max(200)
    .refine((name) => !/\p{Cc}/u.test(name) && name.isWellFormed(), 'Must be one line without control characters.')
    .optional()
    .meta({ description: 'The process whose instances call back; left out: every process.' }),
});
