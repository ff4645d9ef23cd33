import { z } from 'zod';
import { findDrawableAction } from '../connectors/catalog.js';
import {
  DEFAULT_RETRY,
  DEFAULT_TIMEOUT_MS,
  HOOK_METHODS,
  MAX_TIMEOUT_MS,
  type Step,
  type Trigger,
} from '../core/definition.js';
import { isTreePath } from '../core/tree-path.js';
import { check } from '../platform/api/faults.js';
import { connectionIdSchema, hookVerificationSchema } from './hook-verification.schema.js';

/**
 * The shape of what a user draws: types, bounds and defaults. A draft must have this shape to be saved; whether it
 * can also run is asked when it is published (`definition-faults.ts`).
 */
export const MAX_STEPS = 100;
const MAX_DELAY_MS = 86_400_000;
const LATER_KINDS = new Set<unknown>([
  'filter',
  'if',
  'for-each',
  'delay',
  'wait',
  'transform',
  'respond',
  'start',
  'stop',
]);

/** Text that PostgreSQL stores and gives back unchanged: no NUL, no half of a surrogate pair. */
export const storableText = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), {
      message: 'May not hold U+0000 or half of a surrogate pair.',
    });

/** One line, so that lists, logs and cursors can hold it. */
export const nameSchema = storableText(200)
  .refine((name) => name.trim() !== '', { message: 'May not be empty.' })
  .refine((name) => !/\p{Cc}/u.test(name), { message: 'Must be one line without control characters.' });
export const descriptionSchema = storableText(4000);

const condition = z.string().min(1).max(10_000).nullable().default(null);
const treePath = storableText(400)
  .refine(isTreePath, {
    message: 'Must be "<Tree Group> :: <Tree Name>", for example "Teams :: Updated".',
  })
  .nullable()
  .default(null);
const notYet = (what: string) => z.null({ error: `${what} not available yet: leave it null.` }).default(null);

const triggerFields = {
  filter: condition,
  path: treePath,
  whenOff: z.enum(['hold', 'drop']).default('hold'),
  orderingKey: notYet('Ordering is'),
};
const noEventType = z
  .string()
  .nullable()
  .default(null)
  .refine((type) => type === null, { message: 'Only a trigger of type "event" has one: leave it null.' });

/** A draft may name what is no type; rows beside it hold the name, and those hold no NUL. */
const eventTypeName = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !name.includes('\0'), { message: 'May not hold U+0000.' });

const eventTrigger = z.strictObject({
  type: z.literal('event'),
  eventType: z
    .union([eventTypeName, z.array(eventTypeName).max(50)], {
      error: 'Must be the name of an event type, or a list of at most 50 names.',
    })
    .nullable()
    .default(null),
  ...triggerFields,
});

const manualTrigger = z.strictObject({ type: z.literal('manual'), eventType: noEventType, ...triggerFields });

const webhookTrigger = z.strictObject({
  type: z.literal('webhook'),
  eventType: noEventType,
  methods: z
    .array(z.enum(HOOK_METHODS))
    .min(1)
    .default(['POST'])
    .transform((methods) => HOOK_METHODS.filter((method) => methods.includes(method))),
  verification: hookVerificationSchema.prefault({}),
  answer: z.enum(['accepted', 'last-step']).default('accepted'),
  ...triggerFields,
});

export const cronSchema = storableText(200).meta({
  description: 'Five fields: minute, hour, day of the month, month, weekday.',
});
export const timezoneSchema = storableText(64).default('UTC').meta({ description: 'IANA name.' });

const scheduleTrigger = z.strictObject({
  type: z.literal('schedule'),
  eventType: noEventType,
  cron: cronSchema,
  timezone: timezoneSchema,
  missed: z
    .enum(['none', 'last', 'all'])
    .default('none')
    .meta({ description: 'Which times fire late at which no process was there; `all`: the newest 100.' }),
  ...triggerFields,
});

export const triggerSchema = z.discriminatedUnion('type', [
  eventTrigger,
  manualTrigger,
  webhookTrigger,
  scheduleTrigger,
]) satisfies z.ZodType<Trigger>;

const retrySchema = z
  .strictObject({
    attempts: z.int().min(1).max(20).default(DEFAULT_RETRY.attempts),
    backoff: z.enum(['fixed', 'exponential']).default(DEFAULT_RETRY.backoff),
    firstDelayMs: z.int().min(0).max(MAX_DELAY_MS).default(DEFAULT_RETRY.firstDelayMs),
    maxDelayMs: z.int().min(0).max(MAX_DELAY_MS).default(DEFAULT_RETRY.maxDelayMs),
    on: z
      .array(z.string().regex(/^(network|[1-5]\d\d|[1-5]xx)$/, 'Must be "network", a status (408) or a class (5xx).'))
      .max(50)
      .default([...DEFAULT_RETRY.on]),
  })
  .refine((retry) => retry.maxDelayMs >= retry.firstDelayMs, {
    path: ['maxDelayMs'],
    message: 'May not be less than firstDelayMs.',
  });

const timeout = z.int().min(1).max(MAX_TIMEOUT_MS);

export const stepFields = {
  key: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'Must be a small letter, then at most 63 of a-z, 0-9 and _.'),
  name: nameSchema.optional(),
  kind: z
    .literal('action', {
      error: ({ input }) =>
        LATER_KINDS.has(input) ? `Steps of kind "${String(input)}" are not available yet.` : undefined,
    })
    .default('action'),
  connector: z.string().max(200).default('http'),
  action: z.string().max(200),
  connectionId: connectionIdSchema,
  timeoutMs: timeout.default(DEFAULT_TIMEOUT_MS),
  connectTimeoutMs: timeout.optional().meta({ description: 'Until the connection stands. 10 s unless given.' }),
  firstByteTimeoutMs: timeout
    .optional()
    .meta({ description: 'From then until the answer begins. No limit of its own unless given.' }),
  retry: retrySchema.prefault({}),
  onError: z.enum(['stop', 'continue', 'error-steps']).default('stop'),
  idempotencyKey: z.boolean().default(true),
  if: condition,
};

/**
 * A step whose `input` is judged by its own connector, in the same pass: all problems are told at once. Error steps
 * have none of their own, so two levels are all there are.
 */
function stepOf(errorSteps: z.ZodType<Step[]>): z.ZodType<Step> {
  const base = z.strictObject({ ...stepFields, input: z.unknown().optional(), errorSteps });
  return z.unknown().transform((raw, context): Step => {
    const step = check(base, raw);
    const { connector = 'http', action, input } = memberOf(raw);
    const known = findDrawableAction(String(connector), String(action));
    const parsed = known && check(known.inputSchema, input === undefined ? {} : input);
    for (const issue of step.error?.issues ?? []) context.issues.push({ ...issue, input: raw } as z.core.$ZodRawIssue);
    if (typeof action === 'string' && !known) {
      const message = `The connector "${String(connector)}" has no action "${action}".`;
      context.issues.push({ code: 'custom', path: ['action'], message, input: raw });
    }
    for (const issue of parsed?.error?.issues ?? []) {
      context.issues.push({ ...issue, path: ['input', ...issue.path], input } as z.core.$ZodRawIssue);
    }
    if (!step.success || !parsed?.success) return z.NEVER;
    const { key, name = titleOf(key), ...rest } = step.data;
    return { key, name, ...rest, input: parsed.data } as Step;
  });
}

const memberOf = (raw: unknown): Record<string, unknown> =>
  typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};

/** `create_entry` is shown as "Create entry" until somebody names it. */
const titleOf = (key: string): string => {
  const words = key.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const noErrorSteps = z
  .array(z.unknown())
  .max(0, 'An error step has no error steps of its own.')
  .default([])
  .transform((): Step[] => []);

export const errorStepSchema = stepOf(noErrorSteps);
export const stepSchema = stepOf(z.array(errorStepSchema).max(MAX_STEPS).default([]));
export const stepsSchema = z.array(stepSchema).max(MAX_STEPS);
