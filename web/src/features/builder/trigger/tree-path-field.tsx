import { useState } from 'react';
import { TextInput } from '../../../ui/controls.js';
import { useProblem } from '../panel/problems.js';

interface TreePathFieldProps {
  value: string | null;
  readOnly: boolean;
  onChange: (path: string | null) => void;
}

/** The name by which a webhook starts this integration; what is none yet stays in the field, and out of the draft. */
export function TreePathField({ value, readOnly, onChange }: TreePathFieldProps) {
  const [text, setText] = useState(value ?? '');
  const [shown, setShown] = useState(value);
  const problem = useProblem('/path');
  if (shown !== value) {
    setShown(value);
    if (pathOf(text) !== value) setText(value ?? '');
  }
  const isGood = pathOf(text) !== undefined;
  return (
    <TextInput
      label="Tree path"
      mono
      hint="A platform webhook whose URL names this path starts it. Empty: none can."
      placeholder="Teams :: Updated"
      maxLength={400}
      readOnly={readOnly}
      problem={isGood ? problem : 'It has two parts: a group, “ :: ” and a name, as in Teams :: Updated.'}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const path = pathOf(event.currentTarget.value);
        if (path !== undefined) onChange(path);
      }}
    />
  );
}

/** Null where it is empty, undefined where it is no path. */
function pathOf(text: string): string | null | undefined {
  if (text.trim() === '') return null;
  const parts = text.trim().split(' :: ');
  return parts.length === 2 && parts.every((part) => part !== '' && part === part.trim())
    ? parts.join(' :: ')
    : undefined;
}
