import { z } from 'zod';

const name = z.string().max(200);

/** What a test or a preview is given in place of a real event and of real earlier answers. */
export const sampleFields = {
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
};

export type Sample = z.infer<z.ZodObject<typeof sampleFields>>;

/** For `refine`: a sample is either written out or stored. */
export const isOneSample = ({ event, eventId }: Pick<Sample, 'event' | 'eventId'>): boolean =>
  event === undefined || eventId === undefined;
export const oneSample = { error: 'give either event or eventId, not both', path: ['eventId'] };
