import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useEventTypes } from '../../../api/catalog.js';
import { kindOf, targetOf, triggerText } from '../../../flow/describe.js';
import type { Draft } from '../../../flow/draft.js';
import { faultsOfStep } from '../../../flow/pointers.js';
import { findStep, stepNumber } from '../../../flow/steps.js';
import { triggerDetail } from '../../../flow/trigger-detail.js';
import { useDraft } from '../draft/draft-context.js';
import { testMarkOf, type TestState } from '../draft/draft-store.js';

/** What a card says of a step, on the canvas and in the list. */
export interface CardFacts {
  number: number;
  /** "4 · HTTP POST" without the number. */
  kind: string;
  name: string;
  detail: string;
  /** For its icon: `event`, `manual` or an action. */
  icon: string;
  test: TestState;
  faults: number;
  selected: boolean;
}

export function useCardFacts(step: string): CardFacts {
  const facts = useDraft(
    useShallow((state) => ({
      ...wordsOf(state.draft, step),
      test: testMarkOf(state, step),
      faults: faultsOfStep(state.draft, state.problems, step).length,
      selected: state.selection.step === step,
    })),
  );
  const types = useEventTypes().data;
  return useMemo(() => {
    const type = step === 'trigger' ? types?.find(({ name }) => name === facts.name) : undefined;
    return type ? { ...facts, name: type.title, detail: type.name } : facts;
  }, [facts, types, step]);
}

function wordsOf(draft: Draft, key: string): Omit<CardFacts, 'test' | 'faults' | 'selected'> {
  if (key === 'trigger') {
    const { trigger } = draft;
    const name =
      trigger.type === 'event' && !trigger.eventType?.length ? 'Choose what starts this' : triggerText(trigger);
    return {
      number: 1,
      kind: 'When this happens',
      name,
      detail: triggerDetail(trigger),
      icon: trigger.type,
    };
  }
  const step = findStep(draft, key)?.step;
  if (!step) return { number: 0, kind: '', name: '', detail: '', icon: '' };
  return {
    number: stepNumber(draft, key),
    kind: kindOf(step),
    name: step.name,
    detail: targetOf(step),
    icon: step.action,
  };
}
