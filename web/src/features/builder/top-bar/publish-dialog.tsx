import { useState } from 'react';
import { reasonOf } from '../../../api/api-error.js';
import type { Change } from '../../../flow/changes.js';
import { TextArea } from '../../../ui/controls.js';
import { Dialog } from '../../../ui/dialog.js';
import { ChangeList } from './change-list.js';
import { usePublishing } from './use-publishing.js';

interface PublishDialogProps {
  /** Null: nothing was ever published. */
  changes: Change[] | null;
  nextVersion: number;
  isOn: boolean;
  onClose: () => void;
}

export function PublishDialog({ changes, nextVersion, isOn, onClose }: PublishDialogProps) {
  const { publish } = usePublishing();
  const [note, setNote] = useState('');
  const submit = () => publish.mutate(note.trim(), { onSuccess: onClose });
  return (
    <Dialog
      title={`Publish version ${nextVersion}`}
      onClose={onClose}
      onSubmit={submit}
      busy={publish.isPending}
      submitLabel="Publish"
    >
      <p>
        {isOn
          ? 'New events run with this version. Runs that already started finish on theirs.'
          : 'It stays off until you turn it on.'}
      </p>
      {changes && changes.length > 0 && <ChangeList changes={changes} label="What changes" />}
      <TextArea
        label="Note"
        hint="Optional. Shown in the list of versions."
        rows={2}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {publish.error && <p role="alert">{reasonOf(publish.error)}</p>}
    </Dialog>
  );
}
