import { useState } from 'react';
import { ApiError, reasonOf } from '../../api/api-error.js';
import { useCreateEventType } from '../../api/event-types.js';
import { TextArea, TextInput } from '../../ui/controls.js';
import { Dialog } from '../../ui/dialog.js';
import { tryParse } from '../../ui/exact-json.js';
import { schemaOf } from './schema-fields.js';
import classes from './catalog.module.css';

interface NewEventTypeDialogProps {
  onClose: () => void;
  onMade: (name: string) => void;
}

const SHOWN_AT_FIELDS = ['/name', '/title', '/connector', '/sample'];

/** A type of one's own: its schema is read off a pasted sample. */
export function NewEventTypeDialog({ onClose, onMade }: NewEventTypeDialogProps) {
  const create = useCreateEventType();
  const [name, setName] = useState('');
  const [title, setTitle] = useState('');
  const [connector, setConnector] = useState('custom');
  const [text, setText] = useState('{\n  "id": "42"\n}');
  const isJson = tryParse(text) !== undefined;
  const isWhole = isJson && name.trim() !== '' && connector.trim() !== '';
  const submit = () => {
    const sample = JSON.parse(text) as unknown;
    const words = { name: name.trim(), title: title.trim() || undefined, connector: connector.trim() };
    const body = { ...words, validation: 'warn' as const, description: '', sample, schema: schemaOf(sample) };
    create.mutate(body, { onSuccess: (made) => onMade(made.name) });
  };
  const faults = create.error instanceof ApiError ? create.error.faults : [];
  const faultOf = (path: string) => faults.find((fault) => fault.path === path)?.message;
  return (
    <Dialog
      title="Add custom event"
      wide
      busy={create.isPending}
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Add"
      disabled={!isWhole}
    >
      <TextInput
        label="Name"
        required="checked"
        hint="Words joined by dots, for example crm.order.paid. Set once."
        maxLength={128}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        problem={faultOf('/name')}
        alert
      />
      <TextInput
        label="Title"
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        problem={faultOf('/title')}
        alert
      />
      <TextInput
        label="Connector"
        hint="What it is listed under."
        maxLength={40}
        value={connector}
        onChange={(event) => setConnector(event.currentTarget.value)}
        problem={faultOf('/connector')}
        alert
      />
      <TextArea
        label="Sample of its data"
        hint="The schema is made from it: every member that is not null is required."
        mono
        rows={10}
        spellCheck={false}
        problem={isJson ? faultOf('/sample') : 'This is not valid JSON.'}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {create.error && !SHOWN_AT_FIELDS.some(faultOf) && (
        <p role="alert" className={classes.failed}>
          {reasonOf(create.error)}
        </p>
      )}
    </Dialog>
  );
}
