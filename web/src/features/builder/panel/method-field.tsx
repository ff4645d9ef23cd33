import { useState } from 'react';
import type { AnyInput } from './change-action.js';
import { useProblem } from './problems.js';
import type { EditInput } from './use-step.js';
import classes from './http-form.module.css';

const COMMON = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** A method from the list, or any other token. */
export function MethodField({ input, edit, readOnly }: { input: AnyInput; edit: EditInput; readOnly: boolean }) {
  const problem = useProblem('/input/method');
  const [text, setText] = useState(input.method ?? 'POST');
  const [shown, setShown] = useState(input.method);
  if (shown !== input.method) {
    setShown(input.method);
    setText(input.method ?? 'POST');
  }
  const isToken = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/.test(text);
  return (
    <div className={classes.method}>
      <input
        value={text}
        list="http-methods"
        aria-label="HTTP method"
        aria-invalid={!isToken || problem ? true : undefined}
        readOnly={readOnly}
        maxLength={40}
        spellCheck={false}
        onChange={(event) => {
          const method = event.currentTarget.value.trim();
          setText(method);
          if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/.test(method)) return;
          setShown(method);
          edit('change the method', (now) => ({ ...now, method }), 'method');
        }}
      />
      <datalist id="http-methods">
        {COMMON.map((method) => (
          <option key={method} value={method} />
        ))}
      </datalist>
      {(problem ?? !isToken) && <p className={classes.problem}>{problem ?? 'Letters, digits and - make a method.'}</p>}
    </div>
  );
}
