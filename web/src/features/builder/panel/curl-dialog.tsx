import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { reasonOf } from '../../../api/api-error.js';
import { readCurlCommand } from '../../../api/step-tests.js';
import { Button } from '../../../ui/button.js';
import { TextArea } from '../../../ui/controls.js';
import { Dialog } from '../../../ui/dialog.js';
import classes from './import-dialogs.module.css';

type CurlStep = Awaited<ReturnType<typeof readCurlCommand>>;

interface CurlDialogProps {
  onUse: (step: CurlStep) => void;
  onClose: () => void;
}

/** Reads a curl command; shows what the step has no place for before anything is filled in. */
export function CurlDialog({ onUse, onClose }: CurlDialogProps) {
  const [command, setCommand] = useState('');
  const read = useMutation({ mutationFn: readCurlCommand });
  const step = read.data;
  const isEmpty = command.trim() === '';
  const use = (found: CurlStep) => {
    onUse(found);
    onClose();
  };
  const submit = () => {
    if (step) use(step);
    else if (!isEmpty) read.mutate(command, { onSuccess: (found) => found.warnings.length === 0 && use(found) });
  };
  return (
    <Dialog
      title="Paste a cURL command"
      wide
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={read.isPending} disabled={isEmpty}>
            {step ? 'Fill in the rest' : 'Fill in the step'}
          </Button>
        </>
      }
    >
      <TextArea
        label="Command"
        hint="As a browser’s network panel copies it, or from an API’s documentation. It replaces the URL, headers, query and body of this step; undo brings them back."
        problem={read.isError ? reasonOf(read.error) : undefined}
        mono
        rows={7}
        spellCheck={false}
        placeholder="curl https://api.example.com/entries -H 'Content-Type: application/json' -d '{…}'"
        value={command}
        onChange={(event) => {
          setCommand(event.currentTarget.value);
          read.reset();
        }}
      />
      {step && step.warnings.length > 0 && (
        <div className={classes.warnings} role="status">
          <p>Not everything has a place in a step:</p>
          <ul>
            {step.warnings.map(({ flag, message }, index) => (
              <li key={index}>
                <code>{flag}</code> {message}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  );
}
