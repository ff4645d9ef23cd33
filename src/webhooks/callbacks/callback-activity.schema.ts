import { z } from 'zod';
import { RUN_STATES } from '../../core/run.js';
import { CALLBACK_EVENTS } from './callback.schema.js';

/** A set has up to 60 URLs, and the last call of each is looked up. */
const MAX_SETS = 50;

export const setsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_SETS).default(MAX_SETS),
  cursor: z.string().min(1).max(512).optional(),
});
export type SetsQuery = z.infer<typeof setsQuery>;

const ofEvent = z.object({ enabled: z.boolean(), urls: z.int().meta({ description: 'How many.' }) });

export const callbackSet = z
  .object({
    processName: z.string().nullable().meta({ description: 'Null: every process.' }),
    created: ofEvent,
    updated: ofEvent,
    deleted: ofEvent,
    updatedAt: z.iso.datetime(),
    lastCallAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'CallbackSet' });
export type CallbackSet = z.infer<typeof callbackSet>;

export const lastCall = z
  .object({
    event: z.enum(CALLBACK_EVENTS),
    url: z.string(),
    runId: z.string(),
    at: z.iso.datetime(),
    runStatus: z.enum(RUN_STATES),
    status: z.int().nullable().meta({ description: 'Null: no answer came.' }),
    durationMs: z.number().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'LastCallbackCall' });
export type LastCallView = z.infer<typeof lastCall>;

export const callbackTest = z.strictObject({ event: z.enum(CALLBACK_EVENTS) }).meta({ id: 'CallbackTest' });
export type CallbackTest = z.infer<typeof callbackTest>;
