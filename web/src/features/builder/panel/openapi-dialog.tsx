import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { reasonOf } from '../../../api/api-error.js';
import { listOpenApi, readOpenApiOperation } from '../../../api/step-tests.js';
import { Button } from '../../../ui/button.js';
import { TextArea, TextInput } from '../../../ui/controls.js';
import classes from './dialog.module.css';
import { searchOperations } from './search-operations.js';

type Contents = Awaited<ReturnType<typeof listOpenApi>>;
type OpenApiStep = Awaited<ReturnType<typeof readOpenApiOperation>>;

interface OpenApiDialogProps {
  onUse: (step: OpenApiStep) => void;
  onClose: () => void;
}

/** Reads an OpenAPI document, lets one operation be chosen, and shows what is left to do before the step is filled in. */
export function OpenApiDialog({ onUse, onClose }: OpenApiDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [document, setDocument] = useState('');
  const list = useMutation({ mutationFn: listOpenApi });
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  return (
    <dialog ref={dialog} className={classes.dialog} aria-labelledby="openapi-title" onClose={onClose}>
      <h2 id="openapi-title">Import from OpenAPI</h2>
      {list.data ? (
        <ChooseOperation
          document={document}
          contents={list.data}
          onBack={() => list.reset()}
          onUse={(step) => {
            onUse(step);
            close();
          }}
        />
      ) : (
        <>
          <TextArea
            label="Document"
            hint="OpenAPI 3.0 or 3.1, as JSON or YAML, at most 2 MiB. Nothing is fetched: references to other files are left out."
            problem={list.isError ? reasonOf(list.error) : undefined}
            mono
            rows={9}
            spellCheck={false}
            placeholder="openapi: 3.1.0"
            value={document}
            onChange={(event) => {
              setDocument(event.currentTarget.value);
              list.reset();
            }}
          />
          <div className={classes.actions}>
            <Button onClick={close}>Cancel</Button>
            <Button
              look="primary"
              busy={list.isPending}
              disabled={document.trim() === ''}
              onClick={() => list.mutate(document)}
            >
              Show its operations
            </Button>
          </div>
        </>
      )}
    </dialog>
  );
}

interface ChooseOperationProps {
  document: string;
  contents: Contents;
  onBack: () => void;
  onUse: (step: OpenApiStep) => void;
}

function ChooseOperation({ document, contents, onBack, onUse }: ChooseOperationProps) {
  const group = useId();
  const [words, setWords] = useState('');
  const [operation, setOperation] = useState<string | null>(null);
  const [server, setServer] = useState(contents.servers[0]?.url ?? '');
  const read = useMutation({
    mutationFn: (id: string) => readOpenApiOperation(document, id, server.trim() || undefined),
  });
  const { shown, more } = searchOperations(contents.operations, words);
  const step = read.data;
  const fill = () => {
    if (step) onUse(step);
    else if (operation !== null) {
      read.mutate(operation, { onSuccess: (found) => found.warnings.length === 0 && onUse(found) });
    }
  };
  return (
    <>
      <TextInput
        label="Server"
        mono
        value={server}
        list={`${group}-servers`}
        placeholder="https://api.example.com"
        onChange={(event) => {
          setServer(event.currentTarget.value);
          read.reset();
        }}
      />
      <datalist id={`${group}-servers`}>
        {contents.servers.map(({ url, description }) => (
          <option key={url} value={url}>
            {description}
          </option>
        ))}
      </datalist>
      <TextInput
        label="Operation"
        type="search"
        placeholder="Search by path, name or tag"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <ul className={classes.choices} aria-label="Operations">
        {shown.map(({ id, method, path, summary }) => (
          <li key={id}>
            <label>
              <input
                type="radio"
                name={group}
                checked={id === operation}
                onChange={() => {
                  setOperation(id);
                  read.reset();
                }}
              />
              <span className="foreign">
                <code>
                  {method} {path}
                </code>{' '}
                {summary}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p>No operation has these words.</p>}
      {more + contents.leftOut > 0 && <p>{more + contents.leftOut} more: search for yours.</p>}
      {read.isError && (
        <p role="alert" className={classes.problem}>
          {reasonOf(read.error)}
        </p>
      )}
      {step && step.warnings.length > 0 && (
        <div className={classes.warnings} role="status">
          <p>What is left to do by hand:</p>
          <ul>
            {step.warnings.map(({ about, message }, index) => (
              <li key={index}>
                <code>{about}</code> {message}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className={classes.actions}>
        <Button onClick={onBack}>Another document</Button>
        <Button look="primary" busy={read.isPending} disabled={operation === null} onClick={fill}>
          {step ? 'Fill in the rest' : 'Fill in the step'}
        </Button>
      </div>
    </>
  );
}
