import { findAction } from '../connectors/catalog.js';
import { listenedTypes, type Definition, type Step, type Trigger } from '../core/definition.js';
import { RESERVED_EVENT_TYPES } from '../core/event.js';
import { pointer, type Fault } from '../core/errors.js';
import { isObject } from '../core/json.js';
import { compileCondition } from '../platform/expressions/condition.js';
import { compileTemplate, ExpressionError } from '../platform/expressions/template.js';
import { timingFaults } from './cron.js';

type Path = readonly (string | number)[];

/** The types that exist, and how to tell of one that does not. */
export interface TypeNames {
  has(name: string): boolean;
  near(name: string): string[];
}

/**
 * Everything that keeps a well-formed draft from running, by JSON pointer into the integration. Empty: it can be
 * published and turned On.
 */
export function definitionFaults(definition: Definition, types: TypeNames): Fault[] {
  const { trigger, steps } = definition;
  const faults = triggerFaults(trigger, types);
  if (steps.length === 0) faults.push(fault(['steps'], 'required', 'An integration needs at least one step.'));
  const earlier = new Set<string>();
  steps.forEach((step, index) => {
    const path: Path = ['steps', index];
    faults.push(...stepFaults(step, path, earlier));
    earlier.add(step.key);
    // Error steps see the step that failed and one another, but nobody after them sees them: they end the run.
    const inError = new Set(earlier);
    step.errorSteps.forEach((errorStep, at) => {
      faults.push(...stepFaults(errorStep, [...path, 'errorSteps', at], inError));
      inError.add(errorStep.key);
    });
  });
  return faults;
}

function triggerFaults(trigger: Trigger, known: TypeNames): Fault[] {
  const faults = conditionFaults(trigger.filter, ['trigger', 'filter'], ['trigger']).faults;
  if (trigger.type === 'schedule') return [...timingFaults(trigger), ...faults];
  if (trigger.type !== 'event') return faults;
  const types = listenedTypes(trigger);
  if (types.length === 0) {
    return [fault(['trigger', 'eventType'], 'required', 'Choose the event type that starts it.'), ...faults];
  }
  types.forEach((type, index) => {
    const path: Path = ['trigger', 'eventType', ...(Array.isArray(trigger.eventType) ? [index] : [])];
    if (RESERVED_EVENT_TYPES.has(type)) {
      const own = `Events of type "${type}" are for one integration each: choose "${type.split('.')[0]}" as the trigger\u2019s type.`;
      faults.push(fault(path, 'unknown_event_type', own));
    } else if (!known.has(type)) {
      const near = known.near(type);
      const hint = near.length > 0 ? `: did you mean ${near.join(' or ')}?` : '.';
      faults.push(fault(path, 'unknown_event_type', `There is no event type "${type}"${hint}`));
    }
  });
  return faults;
}

/** What keeps one step from being compiled, wherever it stands. Empty: it can be tested alone. */
export function faultsOfStep(step: Step, path: Path): Fault[] {
  const { faults } = conditionFaults(step.if, [...path, 'if']);
  const action = findAction(step.connector, step.action);
  if (!action) return [...faults, fault([...path, 'action'], 'unknown_action', `There is no action "${step.action}".`)];
  const inputPath = pointer([...path, 'input']);
  return [...faults, ...action.check(step.input).map((found) => ({ ...found, path: inputPath + found.path }))];
}

function stepFaults(step: Step, path: Path, earlier: ReadonlySet<string>): Fault[] {
  const { reads } = conditionFaults(step.if, [...path, 'if']);
  const faults = [...faultsOfStep(step, path), ...laterReads(reads, [...path, 'if'], earlier)];
  if (!findAction(step.connector, step.action)) return faults;
  const inputPath: Path = [...path, 'input'];
  if (step.input.url.trim() === '') faults.push(fault([...inputPath, 'url'], 'required', 'Say where to send it.'));
  // A face's address is called as it was registered, also where it holds braces.
  if (step.connector === 'webhook') return faults;
  for (const text of templatesIn(step.input, inputPath)) {
    faults.push(...laterReads(readsOf(text.source), text.path, earlier));
  }
  return faults;
}

interface LocatedText {
  path: Path;
  source: string;
}

/** The strings of an input that hold expressions. */
function templatesIn(value: unknown, path: Path): LocatedText[] {
  if (typeof value === 'string') return value.includes('{{') ? [{ path, source: value }] : [];
  if (Array.isArray(value)) return value.flatMap((element, index) => templatesIn(element, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => templatesIn(member, [...path, key]));
}

/** Of a template that does not compile nothing: the action's own check tells of that. */
function readsOf(source: string): readonly string[] {
  try {
    return compileTemplate(source).reads;
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

function conditionFaults(
  source: string | null,
  path: Path,
  names?: string[],
): { faults: Fault[]; reads: readonly string[] } {
  if (source === null) return { faults: [], reads: [] };
  try {
    return { faults: [], reads: compileCondition(source, names).reads };
  } catch (error) {
    return { faults: [expressionFault(error, path)], reads: [] };
  }
}

/** A value can only come from a step that has run by then. */
function laterReads(reads: readonly string[], path: Path, earlier: ReadonlySet<string>): Fault[] {
  const keys = reads.filter((read) => read.startsWith('steps.')).map((read) => read.split('.')[1]);
  return [...new Set(keys)]
    .filter((key) => !earlier.has(key))
    .map((key) => fault(path, 'unknown_step', `No step before this one has the key "${key}".`));
}

function expressionFault(error: unknown, path: Path): Fault {
  if (!(error instanceof ExpressionError)) throw error;
  return fault(path, 'expression', `${error.message} (at character ${error.position + 1})`);
}

const fault = (path: Path, code: string, message: string): Fault => ({ path: pointer(path), code, message });
