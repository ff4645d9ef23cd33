import { useId, type InputHTMLAttributes, type TextareaHTMLAttributes } from 'react';
import classes from './text-field.module.css';

interface Shared {
  label: string;
  /** One line under the field. */
  hint?: string;
  /** What is wrong with the value; read out with the field. */
  error?: string;
  onValue: (value: string) => void;
}
type TextFieldProps = Shared &
  (
    | ({ lines: number } & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'>)
    | ({ lines?: undefined } & Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'>)
  );

/** A labelled field for text, of one line or of several. */
export function TextField({ label, hint, error, onValue, ...rest }: TextFieldProps) {
  const id = useId();
  const notes = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const shared = { id, className: classes.input, 'aria-invalid': error ? true : undefined, 'aria-describedby': notes };
  return (
    <div className={classes.field}>
      <label htmlFor={id}>
        {label}
        {rest.required && (
          <span className={classes.required} aria-hidden>
            {' *'}
          </span>
        )}
      </label>
      {rest.lines === undefined ? (
        <input type="text" {...rest} {...shared} onChange={(event) => onValue(event.currentTarget.value)} />
      ) : (
        <textarea
          {...withoutLines(rest)}
          rows={rest.lines}
          {...shared}
          onChange={(event) => onValue(event.currentTarget.value)}
        />
      )}
      {hint && (
        <p id={`${id}-hint`} className={classes.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={classes.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

const withoutLines = <T extends { lines: number }>({ lines: _lines, ...rest }: T): Omit<T, 'lines'> => rest;
