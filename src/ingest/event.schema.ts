import { z } from 'zod';
import { runItemSchema } from '../runs/run.schema.js';

const MAX_NAME = 200;
/** Of hook URLs and schedules: whoever took their ids beforehand would keep them from firing. */
const OWN_SOURCE = /^(hook|schedule)\/int_/;

/** Text that can be stored and shown: no U+0000, no lone surrogate. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), {
      error: 'must be well-formed text without U+0000',
    });

/** The database knows no year 0, and JavaScript writes year 10000 in another way. What is no time is told elsewhere. */
const isStorableTime = (text: string): boolean => {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) || (time.getUTCFullYear() >= 1 && time.getUTCFullYear() <= 9999);
};

export const newEventSchema = z
  .strictObject({
    type: text(MAX_NAME),
    source: text(MAX_NAME)
      .refine((source) => !OWN_SOURCE.test(source), { error: 'is a source of the engine itself: name another one' })
      .optional()
      .meta({ description: 'Who says so. With `id` it makes the event idempotent.' }),
    id: text(MAX_NAME).optional().meta({ description: "The sender's own id. Without one there is no deduplication." }),
    subject: text(1_000).nullish(),
    time: z.iso
      .datetime({ offset: true })
      .refine(isStorableTime, { error: 'must be of the years 1 to 9999, in UTC' })
      .optional(),
    orderingKey: text(MAX_NAME).nullish(),
    data: z.unknown().refine((value) => value !== undefined, { error: 'is required' }),
  })
  .meta({ id: 'NewEvent' });
export type NewEventBody = z.infer<typeof newEventSchema>;

export const acceptedSchema = z
  .object({ id: z.string(), duplicate: z.boolean(), runs: z.array(z.string()), held: z.int() })
  .meta({ id: 'AcceptedEvent' });
export type AcceptedEvent = z.infer<typeof acceptedSchema>;

export const batchSchema = z
  .strictObject({ events: z.array(z.unknown()).min(1).max(1000).meta({ description: 'Each as POST /api/v1/events.' }) })
  .meta({ id: 'EventBatch' });

/** A batch of CloudEvents; the specification allows an empty one. */
export const cloudEventsSchema = z.array(z.unknown()).max(1000);

const faultSchema = z.object({ path: z.string(), code: z.string(), message: z.string() });
export const batchAnswerSchema = z
  .object({
    results: z.array(
      z.object({
        index: z.int(),
        status: z.enum(['accepted', 'duplicate', 'rejected']),
        id: z.string().optional(),
        error: z.object({ code: z.string(), message: z.string(), errors: z.array(faultSchema) }).optional(),
      }),
    ),
    accepted: z.int(),
    duplicates: z.int(),
    rejected: z.int(),
  })
  .meta({ id: 'EventBatchAnswer' });
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;

const time = z.iso.datetime();
export const eventItemSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    source: z.string(),
    subject: z.string().nullable(),
    externalId: z.string().nullable(),
    orderingKey: z.string().nullable(),
    time,
    receivedAt: time,
    dataBytes: z.int(),
    runs: z.array(z.string()),
    held: z.int(),
    editedFrom: z.string().nullable().meta({ description: 'The event whose data was changed to replay a run.' }),
  })
  .meta({ id: 'EventItem' });
export type EventItem = z.infer<typeof eventItemSchema>;

export const eventDetailSchema = eventItemSchema
  .extend({
    data: z.unknown(),
    request: z
      .object({
        method: z.string(),
        headers: z.record(z.string(), z.string()),
        query: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
      })
      .nullable()
      .meta({ description: 'The request to a hook URL that it was made of.' }),
    schemaFaults: z
      .array(faultSchema)
      .meta({ description: 'What of `data` does not satisfy the schema of its type; paths are into `data`.' }),
    attributes: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .meta({ description: 'What else a CloudEvent said of itself: extensions, `datacontenttype`, `dataschema`.' }),
    runLog: z
      .array(runItemSchema)
      .meta({ description: 'Its runs, newest first, held ones, replays and tests included; 250 at most.' }),
    passedOver: z
      .array(z.object({ integrationId: z.string(), integrationName: z.string().nullable(), reason: z.string() }))
      .meta({
        description:
          'Integrations that looked at it and neither run nor hold it. Why: `filter`, `filter_error`, `off`, `archived`, `not_published`, `held_limit`.',
      }),
  })
  .meta({ id: 'Event' });
export type EventDetail = z.infer<typeof eventDetailSchema>;
