import { lazy, Suspense, useState } from 'react';
import { useConnectionChoices } from '../../../api/catalog.js';
import type { Connection, Step } from '../../../api/types.js';
import { KINDS } from '../../../connections/connection-state.js';
import { Select } from '../../../ui/controls.js';
import { useProblem } from './problems.js';
import { useEditStep } from './use-step.js';
import classes from './http-form.module.css';

/** Most steps take a connection that is there. */
const ConnectionDialog = lazy(async () => {
  const { ConnectionDialog: component } = await import('../../../connections/connection-dialog.js');
  return { default: component };
});

/** Which sign-in a step calls with; it can be made and changed right here. */
export function ConnectionSelect({ step, readOnly }: { step: Step; readOnly: boolean }) {
  const connections = useConnectionChoices();
  const editStep = useEditStep(step.key);
  const problem = useProblem('/connectionId');
  const [open, setOpen] = useState<{ connection: Connection | null } | null>(null);
  const chosen = connections.data?.find(({ id }) => id === step.connectionId);
  const choose = (connectionId: string | null) => {
    if (connectionId !== step.connectionId) editStep('change the connection', (now) => ({ ...now, connectionId }));
  };
  return (
    <div className={classes.connection}>
      <Select
        label="Sign in with"
        aside={
          !readOnly && (
            <span className={classes.links}>
              {chosen && (
                <button type="button" className={classes.link} onClick={() => setOpen({ connection: chosen })}>
                  Edit
                </button>
              )}
              <button type="button" className={classes.link} onClick={() => setOpen({ connection: null })}>
                New connection
              </button>
            </span>
          )
        }
        problem={problem}
        disabled={readOnly}
        value={step.connectionId ?? ''}
        onChange={(event) => choose(event.currentTarget.value || null)}
      >
        <option value="">No authentication</option>
        {step.connectionId !== null && !chosen && (
          <option value={step.connectionId}>{connections.data ? 'A connection that is gone' : 'Loading…'}</option>
        )}
        {connections.data?.map(({ id, name, auth }) => (
          <option key={id} value={id}>
            {name} · {KINDS[auth.type]}
          </option>
        ))}
      </Select>
      {open && (
        <Suspense>
          <ConnectionDialog {...open} onSaved={({ id }) => choose(id)} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}
