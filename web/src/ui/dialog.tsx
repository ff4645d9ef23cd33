import { useId, useRef, type ReactNode } from 'react';
import { Button, IconButton } from './button.js';
import { IconX } from './icons.js';
import { useModal } from './modal.js';
import classes from './dialog.module.css';

interface DialogProps {
  title: string;
  /** Esc, the cross, and a press outside before anything was typed. Not asked while `busy`. */
  onClose: () => void;
  children: ReactNode;
  /** What the main button says; Cancel stands before it. */
  submitLabel?: ReactNode;
  /** Other buttons than these two, the main one last. */
  actions?: ReactNode;
  /** The main action: Ctrl Enter. */
  onSubmit?: () => void;
  wide?: boolean;
  busy?: boolean;
  /** There is nothing to submit yet. */
  disabled?: boolean;
}

/** The browser's own modal dialog: it traps the focus, makes the rest inert, and gives the focus back. */
export function Dialog({
  title,
  onClose,
  children,
  submitLabel,
  actions,
  onSubmit,
  wide,
  busy,
  disabled,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const typed = useRef(false);
  const titleId = useId();
  const close = () => {
    if (!busy) onClose();
  };
  const submit = () => {
    if (!busy && !disabled) onSubmit?.();
  };
  useModal(dialog);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      data-wide={wide || undefined}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onMouseDown={(event) => event.target === event.currentTarget && !typed.current && close()}
      onKeyDown={(event) => {
        event.stopPropagation(); // the page behind has keys of its own
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
      }}
    >
      <form
        className={classes.form}
        onInput={() => (typed.current = true)}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <header className={classes.head}>
          <h2 id={titleId}>{title}</h2>
          <IconButton label="Close" icon={<IconX size={16} stroke={1.7} />} onClick={close} />
        </header>
        <div className={classes.body}>{children}</div>
        {actions && <footer className={classes.actions}>{actions}</footer>}
        {submitLabel && (
          <footer className={classes.actions}>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" busy={busy} disabled={disabled}>
              {submitLabel}
            </Button>
          </footer>
        )}
      </form>
    </dialog>
  );
}
