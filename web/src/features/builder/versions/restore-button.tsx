import { useState } from 'react';
import { useNavigate } from 'react-router';
import { reasonOf } from '../../../api/api-error.js';
import { useVersion } from '../../../api/versions.js';
import { announce } from '../../../ui/announce.js';
import { Button } from '../../../ui/button.js';
import { useAutosave } from '../draft/autosave-context.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';

/** Puts a version into the draft, as one edit that can be undone; nothing that runs changes before it is published. */
export function RestoreButton({ id, version }: { id: string; version: number }) {
  const store = useDraftStore();
  const navigate = useNavigate();
  const { flush } = useAutosave();
  const readOnly = useDraft((state) => state.readOnly);
  const { data, error } = useVersion(id, version);
  const [busy, setBusy] = useState(false);
  if (readOnly) return null;
  const restore = async () => {
    if (!data) return;
    const { trigger, steps } = data;
    store.getState().edit(`make version ${version} the draft`, (draft) => ({ ...draft, trigger, steps }));
    setBusy(true);
    await flush();
    announce(`Version ${version} is the draft`);
    void navigate(`/integrations/${id}`);
  };
  return (
    <>
      {error && <span role="alert">{reasonOf(error)}</span>}
      <Button busy={busy} onClick={() => void restore()}>
        Make this the draft
      </Button>
    </>
  );
}
