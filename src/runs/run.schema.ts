import { z } from 'zod';
import { RUN_STATES } from '../core/run.js';

/** The API's words for runs; the OpenAPI document and the web's types come from here. */
const time = z.iso.datetime();

export const runErrorSchema = z.object({ code: z.string(), message: z.string() }).meta({ id: 'RunError' });

export const stepPlaceSchema = z
  .object({ key: z.string(), name: z.string(), position: z.int().meta({ description: 'From 1; 0: not known.' }) })
  .meta({ id: 'StepPlace' });

export const runItemSchema = z
  .object({
    id: z.string(),
    number: z.int(),
    integrationId: z.string(),
    integrationName: z.string().nullable(),
    version: z.int().nullable(),
    eventId: z.string(),
    eventType: z.string().nullable(),
    eventSubject: z.string().nullable(),
    test: z.boolean(),
    status: z.enum(RUN_STATES),
    reason: z.string().nullable(),
    error: runErrorSchema.nullable(),
    atStep: stepPlaceSchema.nullable().meta({ description: 'Where a run failed, or waits.' }),
    replayOf: z.string().nullable(),
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
  })
  .meta({ id: 'RunItem' });
export type RunItem = z.infer<typeof runItemSchema>;

const headers = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const body = { body: z.string().nullable(), encoding: z.enum(['utf-8', 'base64']), bytes: z.int() };

export const fileSchema = z
  .object({ fileId: z.string(), filename: z.string(), contentType: z.string(), bytes: z.int() })
  .meta({ id: 'FileValue', description: 'A body that was stored as a file: `GET /api/v1/files/{fileId}`.' });

const resentSchema = z.boolean().meta({
  description: 'The request went out twice: the kept connection it went out on first was closed at once.',
});

export const attemptSchema = z
  .object({
    id: z.string(),
    number: z.int(),
    status: z.enum(['started', 'succeeded', 'failed', 'unknown']),
    startedAt: time,
    durationMs: z.number().nullable(),
    request: z.object({ method: z.string(), url: z.string(), headers, ...body }).nullable(),
    response: z
      .object({
        status: z.int(),
        headers,
        ...body,
        truncated: z.boolean(),
        file: fileSchema.nullable(),
        resent: resentSchema,
      })
      .nullable(),
    timings: z
      .object({ dnsMs: z.number(), connectMs: z.number(), firstByteMs: z.number(), totalMs: z.number() })
      .nullable(),
    remoteAddress: z.string().nullable(),
    error: runErrorSchema.nullable(),
    nextAttemptAt: time.nullable(),
  })
  .meta({ id: 'Attempt' });
export type RunAttempt = z.infer<typeof attemptSchema>;

export const runStepSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    action: z.string(),
    status: z.enum(['pending', 'running', 'waiting', 'succeeded', 'failed', 'skipped']),
    error: runErrorSchema.nullable(),
    output: z.record(z.string(), z.unknown()),
    takenOver: z
      .boolean()
      .meta({ description: 'Its result is of the run that this one replays: it was not run again.' }),
    attempts: z.array(attemptSchema),
  })
  .meta({ id: 'RunStep' });
export type RunStep = z.infer<typeof runStepSchema>;

export const runDetailSchema = runItemSchema.extend({ steps: z.array(runStepSchema) }).meta({ id: 'Run' });
export type RunDetail = z.infer<typeof runDetailSchema>;
