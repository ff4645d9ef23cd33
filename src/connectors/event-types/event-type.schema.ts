import { z } from 'zod';
import { RESERVED_NAMESPACES } from './builtin-types.js';

const MAX_BYTES = 64 * 1024;
const OWN_CONNECTOR = 'custom';

const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), {
      message: 'May not hold U+0000 or half of a surrogate pair.',
    });

const small = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '') <= MAX_BYTES;
const TOO_BIG = 'May have 64 KiB at most, as JSON.';

export const validationSchema = z.enum(['off', 'warn', 'enforce']);
const jsonSchema = z
  .record(z.string(), z.unknown())
  .refine(small, { message: TOO_BIG })
  .meta({ description: 'JSON Schema, draft 2020-12, of the data of its events. References only into itself.' });
const sample = z
  .unknown()
  .refine((value) => value !== undefined, { message: 'Missing: give one `data` that satisfies the schema.' })
  .refine(small, { message: TOO_BIG });

const name = z
  .string()
  .max(128)
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+$/,
    'Must be words of letters, digits, _ and - joined by dots, for example "crm.order.paid".',
  )
  .refine((value) => !RESERVED_NAMESPACES.has(value.split('.')[0].toLowerCase()), {
    message: `May not begin with a word of the built-in types: ${[...RESERVED_NAMESPACES].join(', ')}.`,
  })
  .meta({ description: 'Set once: events and integrations name it.' });

const fields = {
  connector: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'Must be a small letter, then at most 39 of a-z, 0-9 and -.')
    .refine((value) => value !== 'http' && !RESERVED_NAMESPACES.has(value), { message: 'Is a built-in connector.' })
    .meta({ description: 'What it is listed under.' }),
  title: text(200).min(1),
  description: text(4_000),
  validation: validationSchema,
};

export const newEventTypeSchema = z
  .strictObject({
    name,
    connector: fields.connector.default(OWN_CONNECTOR),
    title: fields.title.optional(),
    description: fields.description.default(''),
    schema: jsonSchema,
    sample,
    validation: fields.validation.default('warn'),
  })
  .meta({ id: 'NewEventType' });
export type NewEventType = z.infer<typeof newEventTypeSchema>;

export const eventTypePatchSchema = z
  .strictObject({ ...fields, schema: jsonSchema, sample: z.unknown().refine(small, { message: TOO_BIG }) })
  .partial()
  .meta({ id: 'EventTypePatch', description: 'What is left out stays. Of a built-in type only `validation` changes.' });
export type EventTypePatch = z.infer<typeof eventTypePatchSchema>;

export const eventTypeView = z
  .object({
    name: z.string(),
    connector: z.string(),
    title: z.string(),
    description: z.string(),
    schema: z.record(z.string(), z.unknown()),
    sample: z.unknown(),
    validation: validationSchema,
    builtin: z.boolean(),
    actionTitle: z.string().nullable().meta({ description: 'What the platform that it comes from calls it.' }),
    treeGroup: z.string().nullable().meta({ description: 'Where a workflow for it is expected to lie.' }),
    treeName: z.string().nullable(),
  })
  .meta({ id: 'EventType' });
export type EventTypeView = z.infer<typeof eventTypeView>;
