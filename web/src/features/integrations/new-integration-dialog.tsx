import { useState } from 'react';
import { useNavigate } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useCreateIntegration } from '../../api/drafts.js';
import { TextArea, TextInput } from '../../ui/controls.js';
import { Dialog } from '../../ui/dialog.js';

/** A name and what it is for; everything else is drawn in the builder, which opens then. */
export function NewIntegrationDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const create = useCreateIntegration();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [empty, setEmpty] = useState(false);
  const submit = () => {
    if (name.trim() === '') return setEmpty(true);
    create.mutate(
      { name: name.trim(), description: description.trim(), trigger: { type: 'event' }, steps: [] },
      { onSuccess: ({ id }) => void navigate(`/integrations/${id}`) },
    );
  };
  return (
    <Dialog title="New integration" onClose={onClose} onSubmit={submit} busy={create.isPending} submitLabel="Create">
      <TextInput
        label="Name"
        required="checked"
        maxLength={200}
        value={name}
        problem={empty ? 'Give it a name: it is what you find it by.' : undefined}
        alert
        onChange={(event) => {
          setName(event.currentTarget.value);
          setEmpty(false);
        }}
        placeholder="Completed tasks to the form service"
      />
      <TextArea
        label="Description"
        rows={3}
        maxLength={4000}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        hint="Optional. What it is for, and who to ask."
      />
      {create.error && <p role="alert">{reasonOf(create.error)}</p>}
    </Dialog>
  );
}
