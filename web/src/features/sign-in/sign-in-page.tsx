import { useId, useRef, useState, type FormEvent } from 'react';
import { reasonOf, statusOf } from '../../api/api-error.js';
import { useSignIn } from '../../api/session.js';
import { Button } from '../../ui/button.js';
import { IconAlertCircleFilled } from '../../ui/icons.js';
import { Mark } from '../../ui/mark.js';
import classes from './sign-in-page.module.css';

export function SignInPage() {
  const signIn = useSignIn();
  const [key, setKey] = useState('');
  const [empty, setEmpty] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const problem = empty ? 'Paste your API key first.' : signIn.error ? explain(signIn.error) : null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(key.trim() === '');
    if (key.trim() === '') return field.current?.focus();
    signIn.mutate(key.trim(), { onError: () => field.current?.select() });
  };
  return (
    <main className={classes.page}>
      <title>Sign in · Hookline</title>
      <form className={classes.card} onSubmit={submit} noValidate>
        <Mark />
        <div>
          <h1>Sign in</h1>
          <p className={classes.lead}>When this happens, make these HTTP calls: durably, and on record.</p>
        </div>
        <div className={classes.field}>
          <label htmlFor={id}>API key</label>
          <input
            id={id}
            ref={field}
            type="password"
            name="key"
            autoComplete="current-password"
            autoFocus
            spellCheck={false}
            placeholder="hl_…"
            value={key}
            aria-invalid={problem !== null}
            aria-describedby={`${id}-help ${id}-problem`}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <div id={`${id}-problem`} role="alert">
            {problem && (
              <p className={classes.problem}>
                <IconAlertCircleFilled size={15} aria-hidden /> {problem}
              </p>
            )}
          </div>
          <p id={`${id}-help`} className={classes.help}>
            The administrator key was printed once, when Hookline first started.
          </p>
        </div>
        <Button type="submit" look="primary" busy={signIn.isPending}>
          Sign in
        </Button>
      </form>
    </main>
  );
}

function explain(error: unknown): string {
  const status = statusOf(error);
  if (status === 401 || status === 400 || status === 422)
    return 'This key is not known here. It may be mistyped, revoked or expired.';
  if (status === 429) return 'Too many tries. Wait a little, then try again.';
  return reasonOf(error);
}
