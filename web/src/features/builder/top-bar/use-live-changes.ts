import { useMemo } from 'react';
import { useVersion } from '../../../api/versions.js';
import { changesBetween, type Change } from '../../../flow/changes.js';
import { useDraft } from '../draft/draft-context.js';

/** What publishing would change; null while nothing is published, or while that is not known yet. */
export function useLiveChanges(): Change[] | null {
  const id = useDraft((state) => state.integration.id);
  const number = useDraft((state) => state.integration.publishedVersion);
  const trigger = useDraft((state) => state.draft.trigger);
  const steps = useDraft((state) => state.draft.steps);
  const live = useVersion(id, number).data;
  return useMemo(() => (live ? changesBetween(live, { trigger, steps }) : null), [live, trigger, steps]);
}
