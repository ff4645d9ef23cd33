import { z } from 'zod';

const name = z.string().max(200);

export const stepTestSchema = z
  .strictObject({
    event: z
      .strictObject({
        data: z.unknown(),
        id: name.optional(),
        type: name.optional(),
        source: name.optional(),
        subject: z.string().max(1_000).nullish(),
        time: z.string().max(100).optional(),
        orderingKey: name.nullish(),
      })
      .optional()
      .meta({ description: 'A sample; only `data` is required.' }),
    eventId: name.optional().meta({ description: 'A stored event as the sample.' }),
    steps: z
      .record(z.string().max(64), z.unknown())
      .default({})
      .meta({ description: 'What earlier steps gave: `{<key>: {status, headers, body}}`.' }),
    preview: z.boolean().default(false).meta({ description: 'Builds the request and sends nothing.' }),
  })
  .refine((body) => !(body.event !== undefined && body.eventId !== undefined), {
    error: 'give either event or eventId, not both',
    path: ['eventId'],
  })
  .meta({ id: 'StepTest' });
export type StepTestBody = z.infer<typeof stepTestSchema>;

const headers = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const encoding = z.enum(['utf-8', 'base64']);

export const stepTestAnswerSchema = z
  .object({
    request: z
      .object({ method: z.string(), url: z.string(), headers, body: z.string().nullable(), encoding })
      .nullable(),
    response: z
      .object({ status: z.int(), headers, body: z.string().nullable(), encoding, durationMs: z.number() })
      .nullable(),
    outcome: z.enum(['succeeded', 'failed']),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: 'StepTestAnswer' });
export type StepTestAnswer = z.infer<typeof stepTestAnswerSchema>;
