import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../../api/api-error.js';
import { publishDraft, putState, readIntegration, type StateChange } from '../../../api/drafts.js';
import { announce } from '../../../ui/announce.js';
import { useAutosave } from '../draft/autosave-context.js';
import { useDraftStore } from '../draft/draft-context.js';

/** Publishing and the toggle: both save first, and both learn of problems that only the server sees. */
export function usePublishing() {
  const store = useDraftStore();
  const queries = useQueryClient();
  const { flush } = useAutosave();
  const { id, name } = store.getState().integration;

  const saved = async () => {
    if (await flush()) return;
    const { save } = store.getState();
    const detail = save.state === 'cannot-save' ? save.reason : 'Somebody else changed this meanwhile.';
    throw new ApiError(409, { detail: `Your last change is not saved: ${detail}` });
  };
  /** Of the integration as it is now; the draft stays as it is. */
  const refresh = async () => {
    const { revision: _theirs, ...now } = await readIntegration(id);
    store.setState(({ integration }) => ({ integration: { ...integration, ...now, revision: integration.revision } }));
    await queries.invalidateQueries({ queryKey: ['integrations', 'list'] });
  };
  const learn = (error: Error) => {
    if (error instanceof ApiError && error.code === 'invalid_definition') store.setState({ problems: error.faults });
  };

  const publish = useMutation({
    mutationFn: async (note: string) => {
      await saved();
      const { version } = await publishDraft(id, note);
      await refresh();
      announce(`Version ${version} is published`);
    },
    onError: learn,
  });
  const turn = useMutation({
    mutationFn: async (change: StateChange & { publish?: boolean }) => {
      const { publish: first, ...state } = change;
      if (state.state === 'on') await saved();
      if (first) await publishDraft(id, '');
      const answer = await putState(id, state);
      await refresh();
      announce(`${name} is ${state.state}`);
      return answer;
    },
    onError: learn,
  });
  /** How many events wait, asked for at the moment at which it matters. */
  const readHeld = async () => (await readIntegration(id)).heldCount;
  return { publish, turn, readHeld };
}
