import { useId, useRef, useState } from 'react';
import { reasonOf } from '../../api/api-error.js';
import { useCallbacks } from '../../api/callbacks.js';
import { IconButton } from '../../ui/button.js';
import { IconHelpCircle, IconSelector, IconX } from '../../ui/icons.js';
import { ListError } from '../../ui/list-parts.js';
import { useModal } from '../../ui/modal.js';
import { CallbacksForm, type FormHandle } from './callbacks-form.js';
import { CallbacksHelp } from './callbacks-help.js';
import classes from './callbacks.module.css';

const ANOTHER = '\n';

interface CallbacksDialogProps {
  /** Processes with callbacks of their own. */
  known: string[];
  /** Null: every process; undefined: not chosen yet. */
  process: string | null | undefined;
  onProcess: (process: string | null) => void;
  onClose: () => void;
}

/**
 * "Instance callback URLs": three switches, one URL a line. Whatever would lose changes asks once before it does. Not
 * the shared dialog: that one is a form, and here a process is named in a form of its own, chosen in the head.
 */
export function CallbacksDialog({ known, process, onProcess, onClose }: CallbacksDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<FormHandle>(null);
  const titleId = useId();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isNaming, setNaming] = useState(process === undefined);
  const shown = isNaming ? undefined : process;
  const query = useCallbacks(shown);
  useModal(dialog);

  const leave = (go: () => void) => (form.current ? form.current.leave(go) : go());
  const choose = (value: string) => {
    if (value === ANOTHER) leave(() => setNaming(true));
    else
      leave(() => {
        setNaming(false);
        onProcess(value || null);
      });
  };
  const others = process && !known.includes(process) ? [...known, process] : known;
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        leave(onClose);
      }}
      onKeyDown={(event) => {
        event.stopPropagation(); // the page behind has keys of its own
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          form.current?.submit();
        }
      }}
    >
      <header className={classes.head}>
        <h2 id={titleId}>Instance callback URLs</h2>
        <span className={classes.process}>
          <select
            aria-label="Process"
            value={isNaming ? ANOTHER : (process ?? '')}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <option value="">All processes</option>
            {others.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
            <option value={ANOTHER}>Another process…</option>
          </select>
          <IconSelector size={15} stroke={1.7} aria-hidden />
        </span>
        <IconButton
          label="Help"
          aria-expanded={isHelpOpen}
          icon={<IconHelpCircle size={18} stroke={1.7} />}
          onClick={() => setHelpOpen(!isHelpOpen)}
        />
        <IconButton label="Close the dialog" icon={<IconX size={18} stroke={1.7} />} onClick={() => leave(onClose)} />
      </header>
      <div className={classes.scroll}>
        {isHelpOpen && <CallbacksHelp />}
        {isNaming && (
          <NameProcess
            onName={(name) => {
              setNaming(false);
              onProcess(name);
            }}
          />
        )}
        {!isNaming && query.isPending && (
          <p className={classes.note} role="status">
            Loading the URLs…
          </p>
        )}
        {!isNaming && query.isError && (
          <ListError what="The URLs" reason={reasonOf(query.error)} onRetry={() => query.refetch()} />
        )}
        {!isNaming && query.data && (
          <CallbacksForm
            key={process ?? ''}
            ref={form}
            process={process ?? null}
            stored={query.data}
            onClose={onClose}
          />
        )}
      </div>
    </dialog>
  );
}

function NameProcess({ onName }: { onName: (name: string) => void }) {
  const [name, setName] = useState('');
  const id = useId();
  return (
    <form
      className={classes.naming}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onName(name.trim());
      }}
    >
      <label htmlFor={id}>Name of the process, exactly as its events say it</label>
      <div>
        {/* The first thing to do here. */}
        <input
          id={id}
          autoFocus
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" disabled={name.trim() === ''}>
          Go on
        </button>
      </div>
    </form>
  );
}
