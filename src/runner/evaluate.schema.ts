import { z } from 'zod';
import { sampleFields } from './sample.schema.js';

const MAX_EXPRESSIONS = 500;
const MAX_TEXT = 256 * 1024;
const text = z.string().max(MAX_TEXT);

const READINGS = ['expression', 'text', 'url', 'json', 'condition'] as const;
export type Reading = (typeof READINGS)[number] | 'value';

const asked = z
  .union([
    text,
    z.strictObject({ as: z.enum(READINGS), value: text }),
    z.strictObject({ as: z.literal('value'), value: z.unknown() }),
  ])
  .meta({
    title: 'Asked',
    description:
      'A text with `{{ }}` is read as a step reads a value: alone an expression keeps its type, other text around it makes a string. ' +
      'A text without braces is one expression (`trigger.data.total * 2`). `{as, value}` says it: `expression` (no braces), ' +
      '`value` (any JSON whose strings may hold `{{ }}`; without them it is itself), `text` (always text), ' +
      '`url` (each value encoded), `json` (the text of a JSON body), `condition` (CEL, true or false).',
  });
export type Asked = z.infer<typeof asked>;

export const evaluateSchema = z
  .strictObject({
    expressions: z.array(asked).min(1).max(MAX_EXPRESSIONS),
    integrationId: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'For `integration.id` and `integration.name`, and the type of a sample without one.' }),
    ...sampleFields,
    runId: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'A run as the sample: its event, its integration and what its steps were answered.' }),
  })
  .refine(({ event, eventId, runId }) => [event, eventId, runId].filter((each) => each !== undefined).length <= 1, {
    error: 'give only one of event, eventId and runId',
    path: ['event'],
  })
  .refine(({ runId, steps }) => runId === undefined || Object.keys(steps).length === 0, {
    error: 'are those of the run: leave them out beside runId',
    path: ['steps'],
  })
  .meta({ id: 'Evaluate' });
export type EvaluateBody = z.infer<typeof evaluateSchema>;

const TYPES = ['string', 'number', 'boolean', 'null', 'list', 'object'] as const;
export type ValueType = (typeof TYPES)[number];

/** Three lists in the order of the request. */
export const evaluationSchema = z
  .object({
    values: z.array(z.unknown()).meta({ description: 'Null also where there is an error.' }),
    types: z.array(z.enum(TYPES).nullable()).meta({
      description: 'Null where there is an error; otherwise the type of the value, also of one too large to show.',
    }),
    errors: z.array(
      z.object({ code: z.string(), message: z.string() }).nullable().meta({
        description:
          '`expression`: it can never work. `mapping`: it does not work on this sample. `too_large`: the value is too large to be shown.',
      }),
    ),
  })
  .meta({ id: 'Evaluation' });
export type Evaluation = z.infer<typeof evaluationSchema>;
