import { z } from 'zod';
import { idOf } from '../../platform/api/id-schema.js';

export const fromSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, { error: 'Must be "start", "failed", or the key of a step.' })
  .meta({
    description:
      '`start`, `failed` (the step that the run failed at), or the key of a step. Results before it are kept.',
  });
export const versionSchema = z.enum(['original', 'current', 'draft']);

export const runReplaySchema = z
  .strictObject({
    from: fromSchema.default('start'),
    version: versionSchema.default('original'),
    data: z
      .unknown()
      .optional()
      .meta({ description: "In the place of the event's data. What was received stays as it was." }),
  })
  .meta({ id: 'RunReplay' });
export type RunReplayBody = z.infer<typeof runReplaySchema>;

export const madeRunSchema = z.object({ runId: z.string() }).meta({ id: 'MadeRun' });
export const madeRunsSchema = z.object({ runIds: z.array(z.string()) }).meta({ id: 'MadeRuns' });

export const eventReplaySchema = z
  .strictObject({ integrationId: idOf('int').optional() })
  .optional()
  .meta({ id: 'EventReplay' });
export type EventReplayBody = z.infer<typeof eventReplaySchema>;
