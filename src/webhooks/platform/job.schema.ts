import { z } from 'zod';
import { RunState } from '../../core/run.js';
import { webhookName } from './webhook.schema.js';

export const JOB_STATUSES = ['Queued', 'In Progress', 'Complete', 'Failed', 'Cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** The states of a run that a job's status stands for. */
export const STATES_OF: Record<JobStatus, number[]> = {
  Queued: [RunState.held, RunState.queued],
  'In Progress': [RunState.running, RunState.waiting],
  Complete: [RunState.succeeded],
  Failed: [RunState.failed],
  Cancelled: [RunState.canceled],
};

const status = z
  .string()
  .transform((text, context): JobStatus => {
    const found = JOB_STATUSES.find((each) => each.toLowerCase() === text.toLowerCase());
    if (found) return found;
    context.issues.push({ code: 'custom', input: text, message: `Must be one of ${JOB_STATUSES.join(', ')}.` });
    return z.NEVER;
  })
  .meta({ description: JOB_STATUSES.join(', ') });

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export const jobsQuery = z.strictObject({
  status: status.optional(),
  webhook: webhookName.optional().meta({ description: 'The name of a webhook.' }),
  start: time.optional().meta({ description: 'Of `scheduledAt`, inclusive.' }),
  end: time.optional().meta({ description: 'Of `scheduledAt`, exclusive.' }),
  limit: z.coerce.number().int().min(1).max(250).default(25),
  pageToken: z.string().min(1).max(512).optional(),
});
export type JobsQuery = z.infer<typeof jobsQuery>;

export const jobChange = z.strictObject({ status, url: z.string().min(1).optional() }).meta({
  title: 'WebhookJobChange',
  description: '`Queued` retries a job that is over, `Cancelled` ends one that waits.',
});
export type JobChange = z.infer<typeof jobChange>;

export const jobView = z
  .object({
    id: z.string(),
    name: z.string(),
    event: z.string(),
    type: z.string(),
    url: z.string(),
    status: z.enum(JOB_STATUSES),
    summary: z.string().nullable(),
    retryCount: z.int(),
    runNumber: z.int().meta({ description: 'Of the run that the job started; else of the run that made the call.' }),
    eventTime: z.iso.datetime().nullable(),
    scheduledAt: z.iso.datetime(),
    scopeType: z.enum(['Space', 'Kapp']),
    scopeId: z.string().nullable(),
    parentId: z.string().nullable(),
    webhookId: z.string(),
    requestContent: z.string().nullable().meta({ description: 'In lists null where it is longer than 64 KiB.' }),
    responseContent: z.string().nullable().meta({ description: 'In lists null where it is longer than 64 KiB.' }),
  })
  .meta({ title: 'WebhookJob' });
export type JobView = z.infer<typeof jobView>;
