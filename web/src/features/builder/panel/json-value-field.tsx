import { useEffect, useState } from 'react';
import { parseExact } from '../../../ui/exact-json.js';
import { TemplateField } from '../fields/template-field.js';

interface JsonValueFieldProps {
  id: string;
  name: string;
  value: unknown;
  problem?: string;
  onChange: (value: unknown) => void;
}

/** A value that is no text: a number, a list, an object. Written as JSON; only valid JSON reaches the draft. */
export function JsonValueField({ id, name, value, problem, onChange }: JsonValueFieldProps) {
  const json = JSON.stringify(value);
  const [text, setText] = useState(json);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    setText((now) => (sameJson(now, json) ? now : json));
    setBroken(false);
  }, [json]);
  return (
    <TemplateField
      id={id}
      label={`Value of ${name}, JSON`}
      name={name}
      value={text}
      as="json"
      look="cell"
      mono
      noFx
      problem={isBroken ? 'Not valid JSON yet: the value of before is kept.' : problem}
      onChange={(next) => {
        setText(next);
        try {
          const parsed: unknown = next.trim() === '' ? '' : parseExact(next);
          setBroken(false);
          onChange(parsed);
        } catch {
          setBroken(true);
        }
      }}
    />
  );
}

function sameJson(text: string, json: string): boolean {
  try {
    return JSON.stringify(parseExact(text)) === json;
  } catch {
    return false;
  }
}
