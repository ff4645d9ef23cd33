import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';
import { IconCheck, IconSelector } from './icons.js';
import classes from './controls.module.css';

interface LabelledProps {
  label: ReactNode;
  /** Right of the label. */
  aside?: ReactNode;
  hint?: ReactNode;
  problem?: string;
  /** The problem came of sending the form: it is read out at once. */
  alert?: boolean;
  /** Marks it; with `checked` the browser also refuses to send the form without it. */
  required?: boolean | 'checked';
  children: (ids: { id: string; describedBy: string | undefined; invalid: true | undefined }) => ReactNode;
}

/** A control with its label above and what is to say about it below. */
export function Labelled({ label, aside, hint, problem, alert, required, children }: LabelledProps) {
  const id = useId();
  const describedBy = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={classes.labelled}>
      <div className={classes.labelRow}>
        <label htmlFor={id}>
          {label}
          {required && (
            <span className={classes.required} aria-hidden>
              *
            </span>
          )}
        </label>
        {aside}
      </div>
      {children({ id, describedBy, invalid: problem ? true : undefined })}
      {problem && (
        <p id={`${id}-problem`} className={classes.problem} role={alert ? 'alert' : undefined}>
          {problem}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className={classes.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** What is said about the control, beside its own attributes. */
type With<Attributes> = Omit<LabelledProps, 'children'> & Omit<Attributes, 'required'>;

export function TextInput({
  label,
  aside,
  hint,
  problem,
  alert,
  required,
  mono,
  ...rest
}: { mono?: boolean } & With<InputHTMLAttributes<HTMLInputElement>>) {
  return (
    <Labelled {...{ label, aside, hint, problem, alert, required }}>
      {({ id, describedBy, invalid }) => (
        <input
          {...rest}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          required={required === 'checked'}
          className={classes.input}
          data-mono={mono || undefined}
        />
      )}
    </Labelled>
  );
}

export function TextArea({
  label,
  aside,
  hint,
  problem,
  alert,
  required,
  mono,
  ...rest
}: { mono?: boolean } & With<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  return (
    <Labelled {...{ label, aside, hint, problem, alert, required }}>
      {({ id, describedBy, invalid }) => (
        <textarea
          {...rest}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          required={required === 'checked'}
          className={classes.input}
          data-mono={mono || undefined}
        />
      )}
    </Labelled>
  );
}

export function Select({
  label,
  aside,
  hint,
  problem,
  alert,
  required,
  children,
  ...rest
}: With<SelectHTMLAttributes<HTMLSelectElement>>) {
  return (
    <Labelled {...{ label, aside, hint, problem, alert, required }}>
      {({ id, describedBy, invalid }) => (
        <span className={classes.select}>
          <select
            {...rest}
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            required={required === 'checked'}
            className={classes.input}
          >
            {children}
          </select>
          <IconSelector size={15} stroke={1.7} aria-hidden />
        </span>
      )}
    </Labelled>
  );
}

interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
  hint?: string;
}

export function Checkbox({ checked, onChange, disabled, children, hint }: CheckboxProps) {
  const id = useId();
  return (
    <div className={classes.checkbox}>
      <label>
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span className={classes.box} aria-hidden>
          <IconCheck size={12} stroke={3} />
        </span>
        {children}
      </label>
      {hint && (
        <p id={id} className={classes.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** A group of fields that can be folded away; its summary says what is inside. */
export function Fold({
  title,
  summary,
  open,
  children,
}: {
  title: string;
  summary?: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details className={classes.fold} open={open}>
      <summary>
        <span className={classes.foldTitle}>{title}</span>
        <span className={classes.foldSummary}>{summary}</span>
      </summary>
      <div className={classes.foldBody}>{children}</div>
    </details>
  );
}
