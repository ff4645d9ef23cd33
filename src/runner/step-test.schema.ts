import { z } from 'zod';
import { fileSchema } from '../runs/run.schema.js';
import { isOneSample, oneSample, sampleFields } from './sample.schema.js';

export const stepTestSchema = z
  .strictObject({
    ...sampleFields,
    preview: z.boolean().default(false).meta({ description: 'Builds the request and sends nothing.' }),
  })
  .refine(isOneSample, oneSample)
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
      .object({
        status: z.int(),
        headers,
        body: z.string().nullable(),
        encoding,
        file: fileSchema.nullable(),
        durationMs: z.number(),
      })
      .nullable(),
    output: z
      .object({ status: z.int(), headers, body: z.unknown(), durationMs: z.number() })
      .nullable()
      .meta({ description: 'What later steps would read of it, its body parsed: `steps.<key>`.' }),
    outcome: z.enum(['succeeded', 'failed']),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: 'StepTestAnswer' });
export type StepTestAnswer = z.infer<typeof stepTestAnswerSchema>;
