import { z } from 'zod';
import { findAction } from '../connectors/catalog.js';
import { pageOf } from '../platform/api/paging.js';
import { descriptionSchema, MAX_STEPS, nameSchema, stepFields, triggerSchema } from './definition.schema.js';
import { ORIGINS } from './integration.entity.js';

/** The API document's view of an integration: requests are checked by `integration.schema.ts`, which says more. */
const inputOf = (action: string) => findAction('http', action)!.inputSchema;
const input = z
  .union([inputOf('post'), inputOf('custom')])
  .meta({ description: 'By connector and action: see GET /api/v1/connectors.' });
const errorStep = z.strictObject({ ...stepFields, input, errorSteps: z.array(z.unknown()).max(0).default([]) });
const step = z
  .strictObject({ ...stepFields, input, errorSteps: z.array(errorStep.meta({ id: 'ErrorStep' })).default([]) })
  .meta({ id: 'Step' });
const trigger = triggerSchema.meta({ id: 'Trigger' });

const head = { name: nameSchema, description: descriptionSchema.default(''), trigger };

export const newIntegrationDocument = z
  .strictObject({ ...head, steps: z.array(step).max(MAX_STEPS).default([]) })
  .meta({ id: 'NewIntegration' });
export const patchDocument = newIntegrationDocument.partial().meta({ id: 'IntegrationPatch' });

const time = z.iso.datetime();
const status = {
  id: z.string(),
  state: z.enum(['on', 'off', 'archived']),
  revision: z.int(),
  publishedVersion: z.int().nullable(),
  draftDiffers: z.boolean().meta({ description: 'The draft is not what is published.' }),
  origin: z.enum(ORIGINS),
  hookUrl: z
    .string()
    .nullable()
    .meta({ description: 'Where an integration with a trigger of type webhook is called; for developers only.' }),
  nextFireAt: z.iso.datetime().nullable().meta({ description: 'Of its schedule, while it is On.' }),
  heldCount: z.int().meta({ description: 'Runs that wait for the integration to be turned On.' }),
  createdAt: time,
  updatedAt: time.meta({ description: 'When the draft last changed.' }),
  createdBy: z.string(),
};

const problems = z
  .array(z.object({ path: z.string(), code: z.string(), message: z.string() }))
  .meta({ description: 'What keeps the draft from being published, by JSON pointer into this answer.' });
export const integrationDocument = z
  .object({ ...head, steps: z.array(step), ...status, problems })
  .meta({ id: 'Integration' });

const stepItem = z.object({
  key: z.string(),
  name: z.string(),
  kind: z.string(),
  connector: z.string(),
  action: z.string(),
});
export const integrationsDocument = pageOf(
  z.object({ ...head, steps: z.array(stepItem), ...status }).meta({ id: 'IntegrationItem' }),
);

const version = { version: z.int(), note: z.string(), createdAt: time, createdBy: z.string() };
export const versionsDocument = pageOf(z.object(version));
export const versionDocument = z.object({ ...version, trigger, steps: z.array(step) });

export const stateDocument = z
  .object({
    state: z.enum(['on', 'off']),
    version: z.int().nullable(),
    released: z.int(),
    discarded: z.int(),
    kept: z.int(),
  })
  .meta({ id: 'IntegrationState' });
