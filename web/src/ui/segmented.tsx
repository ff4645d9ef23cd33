import { useId, type ReactNode } from 'react';
import classes from './segmented.module.css';

interface SegmentedProps<T extends string> {
  label: string;
  options: { value: T; text: ReactNode }[];
  value: T;
  onChange: (value: T) => void;
}

/** A choice of one among few, all in sight: native radio buttons, so that arrow keys work by themselves. */
export function Segmented<T extends string>({ label, options, value, onChange }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className={classes.group}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={classes.option}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.text}
        </label>
      ))}
    </fieldset>
  );
}
