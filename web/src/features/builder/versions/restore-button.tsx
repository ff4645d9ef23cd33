import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { reasonOf } from '../../../api/api-error.js';
import { restoreVersion } from '../../../api/versions.js';
import { announce } from '../../../ui/announce.js';
import { Button } from '../../../ui/button.js';
import { useAutosave } from '../draft/autosave-context.js';
import { useDraft } from '../draft/draft-context.js';
import classes from './versions.module.css';

/** Puts a version into the draft, as one edit that can be undone; nothing that runs changes before it is published. */
export function RestoreButton({ id, version }: { id: string; version: number }) {
  const navigate = useNavigate();
  const { flush, adopt } = useAutosave();
  const readOnly = useDraft((state) => state.readOnly);
  const restore = useMutation({
    mutationFn: async () => {
      // What is not saved yet is, so that undo brings it back.
      if (!(await flush())) return false;
      adopt(`make version ${version} the draft`, await restoreVersion(id, version));
      return true;
    },
    onSuccess: (isDone) => {
      if (!isDone) return;
      announce(`Version ${version} is the draft`);
      void navigate(`/integrations/${id}`);
    },
  });
  if (readOnly) return null;
  const problem = restore.error
    ? reasonOf(restore.error)
    : restore.data === false
      ? 'Your last change is not saved, so the draft stays as it is.'
      : null;
  return (
    <>
      {problem && (
        <span role="alert" className={classes.problem}>
          {problem}
        </span>
      )}
      <Button busy={restore.isPending} onClick={() => restore.mutate()}>
        Make this the draft
      </Button>
    </>
  );
}
