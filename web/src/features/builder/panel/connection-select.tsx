import { lazy, Suspense, useState } from 'react';
import { useConnectionChoices } from '../../../api/catalog.js';
import type { Connection, ConnectionType } from '../../../api/types.js';
import { KINDS } from '../../../connections/connection-state.js';
import { Select } from '../../../ui/controls.js';
import classes from './http-form.module.css';

/** Most take a connection that is there. */
const ConnectionDialog = lazy(async () => {
  const { ConnectionDialog: component } = await import('../../../connections/connection-dialog.js');
  return { default: component };
});

interface ConnectionSelectProps {
  label: string;
  /** What the choice of none is called. */
  none: string;
  /** Only these can be chosen; left out: every one. */
  types?: readonly ConnectionType[];
  required?: boolean;
  value: string | null;
  problem?: string;
  readOnly: boolean;
  onChoose: (id: string | null) => void;
}

/** Chooses a connection; it can be made and changed right here. */
export function ConnectionSelect(props: ConnectionSelectProps) {
  const { label, none, types, required, value, problem, readOnly, onChoose } = props;
  const connections = useConnectionChoices();
  const [open, setOpen] = useState<{ connection: Connection | null } | null>(null);
  const fitting = connections.data?.filter(({ auth }) => types === undefined || types.includes(auth.type));
  const chosen = connections.data?.find(({ id }) => id === value);
  const isOffered = fitting?.some(({ id }) => id === value);
  const choose = (id: string | null) => {
    if (id !== value) onChoose(id);
  };
  return (
    <div className={classes.connection}>
      <Select
        label={label}
        required={required}
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
        value={value ?? ''}
        onChange={(event) => choose(event.currentTarget.value || null)}
      >
        <option value="">{none}</option>
        {value !== null && !isOffered && (
          <option value={value}>
            {!connections.data ? 'Loading…' : chosen ? `${chosen.name} · of another kind` : 'A connection that is gone'}
          </option>
        )}
        {fitting?.map(({ id, name, auth }) => (
          <option key={id} value={id}>
            {name} · {KINDS[auth.type]}
          </option>
        ))}
      </Select>
      {open && (
        <Suspense>
          <ConnectionDialog
            {...open}
            type={types?.[0]}
            onSaved={({ id, auth }) => (types === undefined || types.includes(auth.type)) && choose(id)}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </div>
  );
}
