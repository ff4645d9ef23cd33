import { useMutation } from '@tanstack/react-query';
import { useDraftStore } from '../draft/draft-context.js';
import { useFieldScope } from '../fields/field-scope.js';
import { testStep } from '../../../api/step-tests.js';
import type { Step, StepTestAnswer } from '../../../api/types.js';
import { announce } from '../../../ui/announce.js';
import { parseExact } from '../../../ui/exact-json.js';
import { subjectOf, testingStore } from './testing-store.js';

/** Resolves once the draft on the server is the one on the screen: a test is of what is saved. */
function saved(store: ReturnType<typeof useDraftStore>): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const { save } = store.getState();
      if (save.state === 'saving') return false;
      if (save.state === 'saved') resolve();
      else reject(new Error('The draft could not be saved, so it cannot be tested.'));
      return true;
    };
    if (look()) return;
    const stop = store.subscribe(() => look() && stop());
  });
}

/** Previews or tests one step with the chosen sample. The answer of a test is kept; that of a preview is not. */
export function useTestStep(step: Step) {
  const store = useDraftStore();
  const { sample, outputs } = useFieldScope();
  return useMutation({
    mutationFn: async (preview: boolean): Promise<StepTestAnswer> => {
      await saved(store);
      const { integration } = store.getState();
      const text = await testStep(integration.id, step.key, { ...sample.request, steps: outputs }, preview);
      const answer = parseExact(text) as StepTestAnswer;
      if (!preview) {
        testingStore(integration.id)
          .getState()
          .add(step.key, { at: Date.now(), subject: subjectOf(step), sample: sample.label, answer: text });
        store.getState().markTest(step.key, answer.outcome === 'succeeded' ? 'tested' : 'failed');
        announce(answer.outcome === 'succeeded' ? `Tested: ${answer.response?.status}` : 'The test failed');
      }
      return answer;
    },
  });
}
