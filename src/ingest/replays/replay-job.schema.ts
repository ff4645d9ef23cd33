import { z } from 'zod';
import { idOf } from '../../platform/api/id-schema.js';
import { fromSchema, versionSchema } from './replay.schema.js';

export const MAX_SOURCES = 100_000;

const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), {
      error: 'must be well-formed text without U+0000',
    });
const time = z.iso.datetime({ offset: true });
const pace = {
  ratePerSecond: z.number().min(0.1).max(100).default(10),
  dryRun: z.boolean().default(false).meta({ description: 'Only counts: nothing is run, `id` is null.' }),
};

export const runsReplaySchema = z
  .strictObject({
    filter: z
      .strictObject({
        integrationId: idOf('int').optional(),
        status: z
          .array(z.enum(['succeeded', 'failed', 'canceled']))
          .min(1)
          .max(3)
          .default(['failed']),
        errorCode: text(50).optional(),
        from: time.optional(),
        to: time.optional(),
        q: text(200).optional().meta({ description: 'In the message of the error.' }),
        test: z.boolean().default(false),
      })
      .default({ status: ['failed'], test: false }),
    from: fromSchema.default('failed'),
    version: versionSchema.default('original'),
    includeRepaired: z
      .boolean()
      .default(false)
      .meta({ description: 'Also runs of which a later replay succeeded or is under way.' }),
    ...pace,
  })
  .meta({ id: 'RunsReplay' });
export type RunsReplayBody = z.infer<typeof runsReplaySchema>;

export const backfillSchema = z
  .strictObject({
    filter: z
      .strictObject({
        type: text(200).optional().meta({ description: 'Otherwise those that its trigger listens to.' }),
        source: text(200).optional(),
        subject: text(1_000).optional(),
        from: time.optional(),
        to: time.optional(),
        q: text(200).optional().meta({ description: 'In the data.' }),
      })
      .default({}),
    includeRun: z.boolean().default(false).meta({ description: 'Also events that this integration ran already.' }),
    ...pace,
  })
  .meta({ id: 'Backfill' });
export type BackfillBody = z.infer<typeof backfillSchema>;

export const startedReplaySchema = z
  .object({ id: z.string().nullable(), matched: z.int() })
  .meta({ id: 'StartedReplay' });

export const replaySchema = z
  .object({
    id: z.string(),
    kind: z
      .enum(['runs', 'events'])
      .meta({ description: 'What is run again: past runs, or past events (a backfill).' }),
    integrationId: z.string().nullable(),
    state: z.enum(['running', 'done', 'canceled', 'failed']),
    matched: z.int(),
    made: z.int().meta({ description: 'Runs made so far.' }),
    skipped: z.int().meta({ description: 'Left out: see `lastSkip` for why the last one was.' }),
    lastSkip: z.string().nullable(),
    ratePerSecond: z.number(),
    error: z.string().nullable(),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Replay' });
export type ReplayView = z.infer<typeof replaySchema>;

/** The times of a filter, as the log compares them. */
export const msOf = (from?: string, to?: string): { fromMs?: number; toMs?: number } => ({
  fromMs: from === undefined ? undefined : Date.parse(from),
  toMs: to === undefined ? undefined : Date.parse(to),
});
