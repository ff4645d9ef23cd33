import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { reasonOf } from '../../../api/api-error.js';
import { listOpenApi, readOpenApiOperation } from '../../../api/step-tests.js';
import { Button } from '../../../ui/button.js';
import { TextArea, TextInput } from '../../../ui/controls.js';
import { Dialog } from '../../../ui/dialog.js';
import classes from './import-dialogs.module.css';
import { searchOperations } from './search-operations.js';

type Contents = Awaited<ReturnType<typeof listOpenApi>>;
type OpenApiStep = Awaited<ReturnType<typeof readOpenApiOperation>>;

const TITLE = 'Import from OpenAPI';

interface OpenApiDialogProps {
  onUse: (step: OpenApiStep) => void;
  onClose: () => void;
}

/** Reads an OpenAPI document, lets one operation be chosen, and shows what is left to do before the step is filled in. */
export function OpenApiDialog({ onUse, onClose }: OpenApiDialogProps) {
  const [document, setDocument] = useState('');
  const list = useMutation({ mutationFn: listOpenApi });
  if (list.data)
    return (
      <ChooseOperation
        document={document}
        contents={list.data}
        onBack={() => list.reset()}
        onUse={onUse}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      title={TITLE}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={list.isPending}
            disabled={document.trim() === ''}
            onClick={() => list.mutate(document)}
          >
            Show its operations
          </Button>
        </>
      }
    >
      <TextArea
        label="Document"
        hint="OpenAPI 3.0 or 3.1, as JSON (at most 14 MiB) or YAML (1 MiB). Nothing is fetched: references to other files are left out."
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
    </Dialog>
  );
}

interface ChooseOperationProps extends OpenApiDialogProps {
  document: string;
  contents: Contents;
  onBack: () => void;
}

function ChooseOperation({ document, contents, onBack, onUse, onClose }: ChooseOperationProps) {
  const group = useId();
  const [words, setWords] = useState('');
  const [operation, setOperation] = useState<string | null>(null);
  const [server, setServer] = useState(contents.servers[0]?.url ?? '');
  const read = useMutation({
    mutationFn: (id: string) => readOpenApiOperation(document, id, server.trim() || undefined),
  });
  const { shown, more } = searchOperations(contents.operations, words);
  const step = read.data;
  const use = (found: OpenApiStep) => {
    onUse(found);
    onClose();
  };
  const fill = () => {
    if (step) use(step);
    else if (operation !== null) {
      read.mutate(operation, { onSuccess: (found) => found.warnings.length === 0 && use(found) });
    }
  };
  return (
    <Dialog
      title={TITLE}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onClick={onBack}>Another document</Button>
          <Button look="primary" busy={read.isPending} disabled={operation === null} onClick={fill}>
            {step ? 'Fill in the rest' : 'Fill in the step'}
          </Button>
        </>
      }
    >
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
    </Dialog>
  );
}
