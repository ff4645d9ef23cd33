import { z } from 'zod';
import { idOf } from '../../platform/api/id-schema.js';
import { pageOf, pageQuery } from '../../platform/api/paging.js';
import { stepPlaceSchema } from '../run.schema.js';

const time = z.iso.datetime({ offset: true });

export const causesQuery = z.strictObject({
  ...pageQuery.shape,
  integrationId: idOf('int').optional(),
  from: time.optional().meta({ description: 'When runs were made; seven days ago where it is left out.' }),
  to: time.optional(),
});
export type CausesQuery = z.infer<typeof causesQuery>;

export const causeSchema = z
  .object({
    integrationId: z.string(),
    integrationName: z.string().nullable(),
    atStep: stepPlaceSchema.nullable(),
    code: z.string(),
    status: z.int().nullable().meta({ description: 'Of the answer; null where none came.' }),
    message: z.string().meta({ description: 'Of the newest of these runs.' }),
    runs: z.int(),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
    lastRunId: z.string(),
  })
  .meta({ id: 'FailureCause' });
export type CauseView = z.infer<typeof causeSchema>;

export const causesSchema = pageOf(causeSchema);
