import { z } from 'zod';
import { startingTypes, type Definition, type Step, type Trigger } from '../core/definition.js';
import { HooklineError, invalid, pointer, type Fault } from '../core/errors.js';
import { allSteps } from '../core/plan.js';
import { isObject, isRawNumber, toNumber } from '../core/json.js';
import { check, faultsOf } from '../platform/api/faults.js';
import type { Integration } from './integration.entity.js';
import { descriptionSchema, MAX_STEPS, nameSchema, stepsSchema, triggerSchema } from './definition.schema.js';

export interface IntegrationBody extends Definition {
  name: string;
  description: string;
}
export type IntegrationPatch = Partial<IntegrationBody>;

/** Of the JSON text of one definition. */
export const MAX_DEFINITION_BYTES = 1024 * 1024;

const creation = z.strictObject({
  name: nameSchema,
  description: descriptionSchema.default(''),
  trigger: triggerSchema,
  steps: stepsSchema.default([]),
});
const change = z.strictObject({
  name: nameSchema.optional(),
  description: descriptionSchema.optional(),
  trigger: triggerSchema.optional(),
  steps: stepsSchema.optional(),
});

/** A whole integration, defaults filled in. Throws a 422 with every problem. */
export const parseIntegration = (body: unknown): IntegrationBody => parse(creation, body);

/** The named parts of an integration. Throws a 422 with every problem. */
export const parsePatch = (body: unknown): IntegrationPatch => parse(change, body);

function parse<T extends IntegrationPatch>(schema: z.ZodType<T>, raw: unknown): T {
  const body = ownNumbers(raw);
  const parsed = check(schema, body);
  const steps = isObject(body) && Array.isArray(body.steps) ? (body.steps as unknown[]) : [];
  const faults = [...(parsed.error ? faultsOf(parsed.error) : []), ...keyFaults(steps)];
  if (!parsed.success || faults.length > 0) throw invalid('invalid_request', faults);
  return parsed.data;
}

/** The stored text of a definition. Throws a 413 where it is too long. */
export function definitionText(trigger: Trigger, steps: Step[]): string {
  const definition: Definition = { trigger, steps };
  const text = JSON.stringify(definition);
  if (Buffer.byteLength(text) > MAX_DEFINITION_BYTES) {
    throw new HooklineError(
      'too_large',
      'definition_too_large',
      `Trigger and steps together may have at most ${MAX_DEFINITION_BYTES} bytes as JSON.`,
    );
  }
  return text;
}

/** What the row of an integration holds of its draft. */
export const draftColumns = (
  trigger: Trigger,
  steps: Step[],
): Pick<Integration, 'draft' | 'connectors' | 'eventTypes' | 'treePath'> => ({
  draft: definitionText(trigger, steps),
  connectors: [...new Set(allSteps(steps).map((step) => step.connector))],
  eventTypes: startingTypes(trigger),
  treePath: trigger.path,
});

/**
 * A definition's own numbers as doubles (`3.0` attempts are 3); only what a pair sends keeps every digit, and only
 * pairs have members of these names.
 */
function ownNumbers(value: unknown): unknown {
  if (isRawNumber(value)) return toNumber(value);
  if (Array.isArray(value)) return value.map(ownNumbers);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === 'value' || key === 'default' ? member : ownNumbers(member),
    ]),
  );
}

/** What only all steps together can break: their number, and one key for each. Judged even where a step is malformed. */
function keyFaults(steps: unknown[]): Fault[] {
  const faults: Fault[] = [];
  const seen = new Map<string, string>();
  let count = 0;
  const visit = (list: unknown[], at: (string | number)[]) =>
    list.forEach((step, index) => {
      count += 1;
      if (!isObject(step)) return;
      const path = pointer([...at, index, 'key']);
      const first = typeof step.key === 'string' ? seen.get(step.key) : undefined;
      if (first !== undefined) {
        faults.push({ path, code: 'duplicate_key', message: `${first} has the key "${String(step.key)}" already.` });
      } else if (typeof step.key === 'string') seen.set(step.key, path);
      if (Array.isArray(step.errorSteps)) visit(step.errorSteps as unknown[], [...at, index, 'errorSteps']);
    });
  visit(steps, ['steps']);
  if (count > MAX_STEPS && steps.length <= MAX_STEPS) {
    const message = `Too long: at most ${MAX_STEPS} steps, error steps included.`;
    faults.push({ path: '/steps', code: 'too_big', message });
  }
  return faults;
}
