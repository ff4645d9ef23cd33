import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { reasonOf } from '../../../api/api-error.js';
import { readCurlCommand } from '../../../api/step-tests.js';
import { Button } from '../../../ui/button.js';
import { TextArea } from '../../../ui/controls.js';
import classes from './dialog.module.css';

type CurlStep = Awaited<ReturnType<typeof readCurlCommand>>;

interface CurlDialogProps {
  onUse: (step: CurlStep) => void;
  onClose: () => void;
}

/** Reads a curl command; shows what the step has no place for before anything is filled in. */
export function CurlDialog({ onUse, onClose }: CurlDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [command, setCommand] = useState('');
  const read = useMutation({ mutationFn: readCurlCommand });
  useEffect(() => dialog.current?.showModal(), []);
  const step = read.data;
  const use = (found: CurlStep) => {
    onUse(found);
    dialog.current?.close();
  };
  const go = () => read.mutate(command, { onSuccess: (found) => found.warnings.length === 0 && use(found) });
  return (
    <dialog ref={dialog} className={classes.dialog} aria-labelledby="curl-title" onClose={onClose}>
      <h2 id="curl-title">Paste a cURL command</h2>
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
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && command.trim() !== '') {
            event.preventDefault();
            event.stopPropagation();
            if (step) use(step);
            else go();
          }
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
      <div className={classes.actions}>
        <Button onClick={() => dialog.current?.close()}>Cancel</Button>
        {step ? (
          <Button look="primary" onClick={() => use(step)}>
            Fill in the rest
          </Button>
        ) : (
          <Button look="primary" busy={read.isPending} disabled={command.trim() === ''} onClick={go}>
            Fill in the step
          </Button>
        )}
      </div>
    </dialog>
  );
}
