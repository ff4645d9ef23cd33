import type { Step } from '../api/types.js';
import { sameContent, type Draft } from './draft.js';
import { stepNumber } from './steps.js';

type Definition = Pick<Draft, 'trigger' | 'steps'>;

export interface Change {
  kind: 'added' | 'changed' | 'removed' | 'moved';
  /** `trigger`, or the key of a step. */
  step: string;
  name: string;
  /** As numbered in the definition that has it; the later one where both do. */
  number: number;
  /** What of it changed, in words. */
  parts: string[];
}

/** What makes one definition another: by the keys of steps, so that a renamed step is a changed one. */
export function changesBetween(before: Definition, after: Definition): Change[] {
  const changes: Change[] = [];
  const parts = partsChanged(before.trigger, after.trigger, TRIGGER_WORDS);
  if (parts.length > 0) changes.push({ kind: 'changed', step: 'trigger', name: 'What starts it', number: 1, parts });
  const old = new Map(placed(before.steps).map((each) => [each.step.key, each]));
  const now = placed(after.steps);
  const stayed = inOrder(now.flatMap(({ step }) => old.get(step.key)?.order ?? []));
  for (const { step, parent } of now) {
    const was = old.get(step.key);
    const one = { step: step.key, name: step.name, number: stepNumber(after, step.key) };
    if (!was) {
      changes.push({ kind: 'added', ...one, parts: [] });
      continue;
    }
    const changed = partsChanged(was.step, step, STEP_WORDS, STEP_WORDS_INPUT);
    if (changed.length > 0) changes.push({ kind: 'changed', ...one, parts: changed });
    else if (was.parent !== parent || !stayed.has(was.order)) changes.push({ kind: 'moved', ...one, parts: [] });
  }
  const kept = new Set(now.map(({ step }) => step.key));
  for (const { step } of old.values()) {
    if (kept.has(step.key)) continue;
    const number = stepNumber(before, step.key);
    changes.push({ kind: 'removed', step: step.key, name: step.name, number, parts: [] });
  }
  return changes;
}

interface Placed {
  step: Step;
  parent: string | null;
  order: number;
}

const placed = (steps: Step[]): Placed[] =>
  steps
    .flatMap((step) => [
      { step, parent: null as string | null },
      ...step.errorSteps.map((each) => ({ step: each, parent: step.key })),
    ])
    .map((each, order) => ({ ...each, order }));

/** The longest part of a sequence that kept its order: who is not in it was moved. */
function inOrder(sequence: number[]): Set<number> {
  const best: number[][] = [];
  for (const value of sequence) {
    const before = best.filter((chain) => chain.at(-1)! < value);
    const longest = before.reduce<number[]>((most, chain) => (chain.length > most.length ? chain : most), []);
    best.push([...longest, value]);
  }
  return new Set(best.reduce<number[]>((most, chain) => (chain.length > most.length ? chain : most), []));
}

const TRIGGER_WORDS: Record<string, string> = {
  type: 'kind',
  eventType: 'event',
  filter: 'condition',
  whenOff: 'what happens while off',
};
const STEP_WORDS: Record<string, string> = {
  name: 'name',
  action: 'action',
  connectionId: 'connection',
  timeoutMs: 'time limit',
  retry: 'retries',
  onError: 'what happens on failure',
  idempotencyKey: 'idempotency key',
  if: 'condition',
};
const STEP_WORDS_INPUT: Record<string, string> = {
  url: 'URL',
  method: 'method',
  body: 'body',
  bodyType: 'body type',
  contentType: 'content type',
  headers: 'headers',
  query: 'query',
  omitNulls: 'empty values',
  queryArrays: 'lists in the query',
  redirects: 'redirects',
  success: 'what counts as success',
};

function partsChanged(before: object, after: object, words: Record<string, string>, inside?: Record<string, string>) {
  const [old, now] = [before, after] as Record<string, unknown>[];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  const parts: string[] = [];
  for (const name of names) {
    if (name === 'errorSteps' || name === 'key' || sameContent(old[name], now[name])) continue;
    if (name === 'input' && inside) parts.push(...partsChanged(old[name] as object, now[name] as object, inside));
    else parts.push(words[name] ?? name);
  }
  return parts;
}
