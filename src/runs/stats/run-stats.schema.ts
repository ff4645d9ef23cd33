import { z } from 'zod';
import { idOf } from '../../platform/api/id-schema.js';

export const RANGES = ['1h', '24h', '7d', '30d'] as const;
export type Range = (typeof RANGES)[number];

export const statsQuery = z.strictObject({
  range: z.enum(RANGES).default('24h'),
  integrationId: idOf('int').optional(),
});

const time = z.iso.datetime();
const duration = z
  .number()
  .nullable()
  .meta({ description: 'Of runs that succeeded, from their making to their end; right to 2 %.' });
const counts = {
  runs: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  canceled: z.int(),
  p50Ms: duration,
  p95Ms: duration,
};
export const countsSchema = z.object(counts).meta({ id: 'RunCounts' });
export type RunCounts = z.infer<typeof countsSchema>;

export const statsSchema = z
  .object({
    range: z.enum(RANGES),
    from: time,
    to: time,
    bucketMs: z.int(),
    buckets: z.array(z.object({ at: time, ...counts }).meta({ id: 'RunBucket' })).meta({
      description:
        'By when runs were made, oldest first; each stretch of the range has one. ' +
        'Of runs that wait for long, what becomes of them shows within a minute.',
    }),
    total: countsSchema,
    before: countsSchema.meta({ description: 'As long a stretch of time before it.' }),
    waiting: z
      .object({
        runs: z.int(),
        oldestAt: time.nullable(),
        forSignIn: z
          .array(
            z
              .object({ integrationId: z.string(), integrationName: z.string().nullable(), runs: z.int() })
              .meta({ id: 'SignInWait' }),
          )
          .meta({ description: 'Those that go on once somebody signs in again: the ten integrations with the most.' }),
      })
      .meta({ description: 'Runs that wait for a next try or a sign-in now, whenever they were made.' }),
    failing: z
      .array(
        z
          .object({
            integrationId: z.string(),
            integrationName: z.string().nullable(),
            runs: z.int(),
            lastAt: time,
            lastRunId: z.string(),
            error: z.object({ code: z.string(), message: z.string() }),
          })
          .meta({ id: 'FailingIntegration' }),
      )
      .meta({ description: 'The ten with the most failed runs that no replay has put right.' }),
    hosts: z
      .array(
        z
          .object({ host: z.string(), calls: z.int(), succeeded: z.int(), p95Ms: z.number().nullable() })
          .meta({ id: 'CalledHost' }),
      )
      .meta({ description: 'The ten that were called most often, by tries.' }),
  })
  .meta({ id: 'RunStats', description: 'Runs of tests are left out.' });
export type RunStatsView = z.infer<typeof statsSchema>;
