import { useState } from 'react';
import { TextInput } from '../../../ui/controls.js';
import { useProblem } from './problems.js';

interface NumberFieldProps {
  label: string;
  /** JSON pointer within the step. */
  path: string;
  value: number;
  min: number;
  max: number;
  unit?: string;
  /** Of one unit shown in those of the value: 1,000 for seconds of milliseconds. */
  factor?: number;
  hint?: string;
  readOnly: boolean;
  onChange: (value: number) => void;
}

/** A whole number within bounds; what is out of them stays in the field with the reason, and out of the draft. */
export function NumberField({
  label,
  path,
  value,
  min,
  max,
  unit,
  factor = 1,
  hint,
  readOnly,
  onChange,
}: NumberFieldProps) {
  const [text, setText] = useState(String(value / factor));
  const [shown, setShown] = useState(value);
  const problem = useProblem(path);
  if (shown !== value) {
    setShown(value);
    if (Number(text) * factor !== value) setText(String(value / factor));
  }
  const read = Math.round(Number(text) * factor);
  const isGood = text.trim() !== '' && Number.isFinite(read) && read >= min && read <= max;
  return (
    <TextInput
      label={unit ? `${label} (${unit})` : label}
      hint={hint}
      problem={isGood ? problem : `Between ${min / factor} and ${max / factor}.`}
      inputMode="decimal"
      readOnly={readOnly}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        const number = Math.round(Number(next) * factor);
        if (next.trim() !== '' && Number.isFinite(number) && number >= min && number <= max) onChange(number);
      }}
    />
  );
}
