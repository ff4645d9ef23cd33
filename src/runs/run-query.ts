import { z } from 'zod';
import { RUN_STATES } from '../core/run.js';
import { idOf } from '../platform/api/id-schema.js';

/** What runs are filtered by, in the list and in the stream. */
export const runFilter = {
  integrationId: idOf('int').optional(),
  status: z
    .string()
    .max(100)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(RUN_STATES)))
    .optional()
    .meta({ description: `One or more of ${RUN_STATES.join(', ')}, separated by commas.` }),
  eventId: idOf('evt').optional(),
  test: z.enum(['true', 'false']).optional(),
  q: z.string().min(1).max(200).optional(),
};
