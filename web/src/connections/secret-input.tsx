import { useState } from 'react';
import { IconButton } from '../ui/button.js';
import { Labelled } from '../ui/controls.js';
import { IconEye, IconEyeOff } from '../ui/icons.js';
import controls from '../ui/controls.module.css';
import classes from './connections.module.css';

interface SecretInputProps {
  label: string;
  /** Null: the stored one stays. */
  value: string | null;
  /** Whether there is a stored one to go back to. */
  isStored: boolean;
  onChange: (value: string | null) => void;
  hint?: string;
  problem?: string;
  required?: boolean;
}

/** A secret goes in and never comes out: what is stored can only be replaced. */
export function SecretInput({ label, value, isStored, onChange, hint, problem, required }: SecretInputProps) {
  const [seen, setSeen] = useState(false);
  const [replacing, setReplacing] = useState(false);
  const swap = isStored && (
    <button
      type="button"
      className={classes.link}
      onClick={() => {
        setReplacing(true);
        onChange(value === null ? '' : null);
      }}
    >
      {value === null ? 'Replace' : 'Keep the stored one'}
    </button>
  );
  return (
    <Labelled label={label} aside={swap} hint={hint} problem={problem} required={required && value !== null}>
      {({ id, describedBy, invalid }) =>
        value === null ? (
          <input
            id={id}
            className={controls.input}
            readOnly
            value="••••••••••••"
            aria-describedby={describedBy}
            data-stored
          />
        ) : (
          <span className={classes.withButton}>
            <input
              id={id}
              type={seen ? 'text' : 'password'}
              className={controls.input}
              data-mono
              autoComplete="new-password"
              spellCheck={false}
              autoFocus={replacing}
              aria-describedby={describedBy}
              aria-invalid={invalid}
              value={value}
              onChange={(event) => onChange(event.currentTarget.value)}
            />
            <IconButton
              label={seen ? `Hide ${label.toLowerCase()}` : `Show ${label.toLowerCase()}`}
              icon={seen ? <IconEyeOff size={16} stroke={1.7} /> : <IconEye size={16} stroke={1.7} />}
              onClick={() => setSeen(!seen)}
            />
          </span>
        )
      }
    </Labelled>
  );
}
