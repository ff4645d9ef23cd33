import { z } from 'zod';
import { RUN_STATES } from '../core/run.js';
import { idOf } from '../platform/api/id-schema.js';

const MAX_IDS = 100;
const id = idOf('int');

export const activityQuery = z.strictObject({
  ids: z
    .string()
    .max(MAX_IDS * 40)
    .transform((text) => text.split(','))
    .pipe(z.array(id).max(MAX_IDS))
    .meta({ description: `Ids of at most ${MAX_IDS} integrations, separated by commas.` }),
});

const time = z.iso.datetime();

const attention = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('sign-in'),
      connectionId: z.string(),
      connectionName: z.string(),
      waiting: z.int().meta({ description: 'Runs that go on once somebody has signed in.' }),
    }),
    z.object({
      kind: z.literal('failing'),
      runId: z.string(),
      error: z.object({ code: z.string(), message: z.string() }),
    }),
  ])
  .meta({ id: 'IntegrationAttention', description: 'What keeps an integration that is On from its work.' });
export type AttentionView = z.infer<typeof attention>;

export const activitySchema = z.object({
  from: time.meta({ description: 'When the first of the 24 hours began; the last one is under way.' }),
  data: z.array(
    z
      .object({
        integrationId: z.string(),
        hours: z.array(z.object({ runs: z.int(), failed: z.int() })).length(24),
        runs: z.int(),
        succeeded: z.int(),
        failed: z.int(),
        lastRun: z
          .object({ id: z.string(), status: z.enum(RUN_STATES), at: time })
          .nullable()
          .meta({ description: 'Whenever it was.' }),
        attention: attention.nullable(),
      })
      .meta({ id: 'IntegrationActivity', description: 'Runs of the last 24 hours; tests are left out.' }),
  ),
});
export type ActivityView = z.infer<typeof activitySchema>;

export const countsSchema = z
  .object({ all: z.int(), on: z.int(), off: z.int(), drafts: z.int(), attention: z.int(), archived: z.int() })
  .meta({ id: 'IntegrationCounts', description: '`all` without those that are archived; `off` without drafts.' });
export type CountsView = z.infer<typeof countsSchema>;
