import { useCallback } from 'react';
import type { Step } from '../../../api/types.js';
import { findStep, updateStep } from '../../../flow/steps.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import type { AnyInput } from './change-action.js';

export const useStep = (key: string): Step | undefined => useDraft(({ draft }) => findStep(draft, key)?.step);

/** Changes one step. `merge`: typing in one field is one thing to undo. */
export function useEditStep(key: string) {
  const store = useDraftStore();
  return useCallback(
    (label: string, change: (step: Step) => Step, merge?: string) =>
      store
        .getState()
        .edit(label, (draft) => updateStep(draft, key, change), merge ? { merge: `${key}/${merge}` } : undefined),
    [store, key],
  );
}

export type EditStep = ReturnType<typeof useEditStep>;

/** The same for the input of an HTTP step. */
export function useEditInput(key: string) {
  const edit = useEditStep(key);
  return useCallback(
    (label: string, change: (input: AnyInput) => AnyInput, merge?: string) =>
      edit(
        label,
        (step) => {
          const next = change(step.input);
          return next === step.input ? step : { ...step, input: next as Step['input'] };
        },
        merge,
      ),
    [edit],
  );
}

export type EditInput = ReturnType<typeof useEditInput>;
