import { get, set } from 'idb-keyval';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Step, StepTestAnswer } from '../../../api/types.js';
import { sameContent } from '../../../flow/draft.js';
import { findStep } from '../../../flow/steps.js';
import { tryParse } from '../../../ui/exact-json.js';
import { useDraft } from '../draft/draft-context.js';
import type { SampleChoice } from './sample.js';

/** One test of one step: what the server answered, and of which state of the step. */
export interface TestResult {
  /** Milliseconds since 1970. */
  at: number;
  /** What of the step was tested: a test of something else says nothing about it. */
  subject: unknown;
  sample: string;
  /** JSON text of a `StepTestAnswer`: numbers keep their digits. */
  answer: string;
}

interface Kept {
  sample: SampleChoice;
  /** By step, the newest first. */
  results: Record<string, TestResult[]>;
  /** `step host`: sending for real was agreed to. */
  agreed: string[];
  /** Pasted answers, by step: what its output fields are before it is tested. */
  examples: Record<string, string>;
}

export interface TestingState extends Kept {
  choose: (sample: SampleChoice) => void;
  add: (step: string, result: TestResult) => void;
  agree: (step: string, host: string) => void;
  setExample: (step: string, text: string | null) => void;
}

const DAYS_KEPT = 7;
const RESULTS_KEPT = 5;
/** A longer answer is not kept over a reload. */
const MOST_CHARS_STORED = 512_000;

const NOTHING: Kept = { sample: { kind: 'newest' }, results: {}, agreed: [], examples: {} };

const stores = new Map<string, StoreApi<TestingState>>();

/** Samples and tests of one integration, kept in this browser for seven days. */
export function testingStore(integrationId: string): StoreApi<TestingState> {
  const known = stores.get(integrationId);
  if (known) return known;
  const store = createTestingStore();
  stores.set(integrationId, store);
  const name = `hookline.testing.${integrationId}`;
  const keep = ({ sample, results, agreed, examples }: Kept) => {
    // A browser that keeps nothing still tests.
    void set(name, { sample, results: storable(results), agreed, examples }).catch(() => {});
  };
  const before = store.getState();
  void get<Kept>(name).then(
    (kept) => {
      store.subscribe(keep);
      if (kept) store.setState((now) => withKept(now, kept, Date.now()));
      else if (store.getState() !== before) keep(store.getState());
    },
    () => {},
  );
  return store;
}

export const createTestingStore = (): StoreApi<TestingState> =>
  createStore<TestingState>()((change) => ({
    ...NOTHING,
    choose: (sample) => change({ sample }),
    add: (step, result) =>
      change(({ results }) => ({
        results: { ...results, [step]: [result, ...(results[step] ?? [])].slice(0, RESULTS_KEPT) },
      })),
    agree: (step, host) => change(({ agreed }) => ({ agreed: [...agreed, `${step} ${host}`] })),
    setExample: (step, text) =>
      change(({ examples }) => {
        const { [step]: _gone, ...rest } = examples;
        return { examples: text === null ? rest : { ...rest, [step]: text } };
      }),
  }));

/** What the browser kept; what was done on this page before it was read counts more. */
export const withKept = (now: Kept, kept: Kept, at: number): Kept => ({
  sample: now.sample === NOTHING.sample ? kept.sample : now.sample,
  results: { ...fresh(kept.results, at), ...now.results },
  agreed: [...kept.agreed, ...now.agreed],
  examples: { ...kept.examples, ...now.examples },
});

export const fresh = (results: Record<string, TestResult[]>, now: number): Record<string, TestResult[]> =>
  Object.fromEntries(
    Object.entries(results).map(([step, tests]) => [step, tests.filter(({ at }) => now - at < DAYS_KEPT * 86_400_000)]),
  );

const storable = (results: Record<string, TestResult[]>) =>
  Object.fromEntries(
    Object.entries(results).map(([step, tests]) => [
      step,
      tests.filter(({ answer }) => answer.length < MOST_CHARS_STORED),
    ]),
  );

/** What of a step its call is made of: the rest may change without making a test worthless. */
export const subjectOf = ({ connector, action, connectionId, input, idempotencyKey, timeoutMs }: Step): unknown => ({
  connector,
  action,
  connectionId,
  input,
  idempotencyKey,
  timeoutMs,
});

export const isOf = ({ subject }: TestResult, step: Step): boolean => sameContent(subject, subjectOf(step));

export function useTesting<T>(select: (state: TestingState) => T): T {
  const id = useDraft(({ integration }) => integration.id);
  return useStore(testingStore(id), select);
}

const answers = new WeakMap<TestResult, StepTestAnswer>();

export function answerOf(result: TestResult): StepTestAnswer {
  let answer = answers.get(result);
  if (!answer) {
    answer = tryParse(result.answer) as StepTestAnswer;
    answers.set(result, answer);
  }
  return answer;
}

export type TestState = 'tested' | 'failed' | 'not-tested';

/** How a step stands: its last test, or none since it was changed. */
export function useTestState(step: string): TestState {
  const drawn = useDraft(({ draft }) => findStep(draft, step)?.step);
  const last = useTesting(({ results }) => results[step]?.[0]);
  return useMemo(() => {
    if (!drawn || !last || !isOf(last, drawn)) return 'not-tested';
    return answerOf(last).outcome === 'failed' ? 'failed' : 'tested';
  }, [drawn, last]);
}
