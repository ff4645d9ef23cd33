import { useState } from 'react';
import { ApiError, reasonOf } from '../api/api-error.js';
import { useSaveConnection } from '../api/connections.js';
import type { Connection, ConnectionType } from '../api/types.js';
import { Button } from '../ui/button.js';
import { Callout } from '../ui/callout.js';
import { Select, TextArea, TextInput } from '../ui/controls.js';
import { Dialog } from '../ui/dialog.js';
import { IconAlertCircleFilled } from '../ui/icons.js';
import { Segmented } from '../ui/segmented.js';
import { AuthFields } from './auth-fields.js';
import {
  formOf,
  newConnectionOf,
  patchOf,
  problemsIn,
  problemsOf,
  withType,
  type ConnectionForm,
  type FieldProblems,
} from './connection-form.js';
import { KINDS } from './connection-state.js';
import { SignInStatus } from './sign-in-status.js';
import { TransportFields } from './transport-fields.js';
import { useSignIn } from './use-sign-in.js';
import classes from './connections.module.css';

const COMMON: { value: ConnectionType; text: string }[] = [
  { value: 'none', text: 'No authentication' },
  { value: 'basic', text: 'Basic' },
  { value: 'oauth2', text: 'OAuth 2.0' },
  { value: 'bearer', text: 'Bearer token' },
  { value: 'api-key', text: 'API key' },
];
const RARE: ConnectionType[] = ['oauth2-client-credentials', 'standard-webhooks', 'shared-secret'];

interface ConnectionDialogProps {
  /** Null: a new one. */
  connection: Connection | null;
  /** Of a new one, until another is chosen. */
  type?: ConnectionType;
  /** Told at every save, and again when its sign-in has ended well. */
  onSaved: (connection: Connection) => void;
  onClose: () => void;
}

/** Makes a connection or changes one, and signs in with it. May be opened from every screen. */
export function ConnectionDialog({ connection, type, onSaved, onClose }: ConnectionDialogProps) {
  // A new one exists from its first save on, also where the sign-in that follows does not end well.
  const [stored, setStored] = useState(connection);
  const [form, setForm] = useState(() => formOf(connection, type));
  const [problems, setProblems] = useState<FieldProblems>({});
  const [others, setOthers] = useState<string[]>([]);
  const [leaving, setLeaving] = useState(false);
  const saving = useSaveConnection();
  const signIn = useSignIn((connected) => {
    onSaved(connected);
    onClose();
  });

  const isStored = stored?.auth.type === form.type;
  const held = stored?.auth.type === 'oauth2' && isStored ? stored.auth : null;
  const signsIn = form.type === 'oauth2' && form.accessToken === null;
  const mustSignIn = signsIn && held?.status !== 'connected';
  const waiting = signIn.phase.kind === 'waiting';
  const isChanged = JSON.stringify(form) !== JSON.stringify(formOf(stored, type));

  const change = (part: Partial<ConnectionForm>) => {
    setForm((now) => ({ ...now, ...part }));
    setLeaving(false);
    setProblems((known) => Object.fromEntries(Object.entries(known).filter(([field]) => !(field in part))));
  };
  const show = (found: FieldProblems, rest: string[]) => {
    setProblems(found);
    setOthers(rest);
    // After the fields have been drawn with what is wrong with them.
    setTimeout(() => document.querySelector<HTMLElement>('dialog[open] [aria-invalid]')?.focus());
  };
  const save = async (): Promise<Connection | null> => {
    const missing = problemsOf(form);
    show(missing, []);
    if (Object.keys(missing).length > 0) return null;
    try {
      const saved = await saving.mutateAsync(
        stored === null
          ? { id: null, connection: newConnectionOf(form) }
          : { id: stored.id, patch: patchOf(form, stored) },
      );
      setStored(saved);
      setForm(formOf(saved));
      onSaved(saved);
      return saved;
    } catch (error) {
      const faults = error instanceof ApiError ? error.faults : [];
      const found = problemsIn(faults, form);
      show(found.problems, faults.length === 0 ? [reasonOf(error)] : found.others);
      return null;
    }
  };
  const saveOnly = async () => {
    if (await save()) onClose();
  };
  const close = () => {
    if (waiting) signIn.cancel();
    else if (isChanged && !leaving) setLeaving(true);
    else onClose();
  };

  return (
    <Dialog
      title={connection === null ? 'New connection' : 'Edit connection'}
      wide
      busy={saving.isPending && !waiting}
      onClose={close}
      onSubmit={() => {
        if (waiting) return;
        if (mustSignIn) void signIn.start(save);
        else void saveOnly();
      }}
      actions={
        waiting ? (
          <Button onClick={signIn.cancel}>Cancel the sign-in</Button>
        ) : (
          <>
            <Button onClick={close}>{leaving ? 'Discard the changes' : 'Cancel'}</Button>
            {mustSignIn && (
              <Button busy={saving.isPending} onClick={() => void saveOnly()}>
                Save for later
              </Button>
            )}
            <Button type="submit" look="primary" busy={saving.isPending}>
              {mustSignIn ? 'Save and sign in' : 'Save connection'}
            </Button>
          </>
        )
      }
    >
      <fieldset className={classes.fields} disabled={waiting}>
        <legend className="sr-only">The connection</legend>
        <TypeChoice value={form.type} onChange={(type) => setForm((now) => withType(now, type, stored))} />
        <TextInput
          label="Name"
          required
          maxLength={200}
          autoComplete="off"
          placeholder="ERP production"
          value={form.name}
          problem={problems.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <AuthFields form={form} problems={problems} isStored={isStored} held={held?.accessToken} change={change} />
        <TextArea
          label="Allowed hosts"
          mono
          rows={2}
          spellCheck={false}
          placeholder="api.example.com"
          value={form.allowedHosts}
          problem={problems.allowedHosts}
          hint="One per line; *.example.com and a :port are possible. Empty: it may be used for any host."
          onChange={(event) => change({ allowedHosts: event.currentTarget.value })}
        />
        {form.type !== 'shared-secret' && (
          <TransportFields form={form} problems={problems} stored={stored} change={change} />
        )}
      </fieldset>
      {leaving && (
        <p role="alert" className={classes.leaving}>
          Your changes are not saved. Save them, or discard them.
        </p>
      )}
      {others.length > 0 && (
        <Callout tone="er" role="alert" icon={<IconAlertCircleFilled size={18} aria-hidden />} title="It was not saved">
          {others.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Callout>
      )}
      {form.type === 'oauth2' && (
        <SignInStatus
          phase={signIn.phase}
          connection={held && stored}
          onSignIn={mustSignIn ? undefined : () => void signIn.start(save)}
        />
      )}
    </Dialog>
  );
}

function TypeChoice({ value, onChange }: { value: ConnectionType; onChange: (type: ConnectionType) => void }) {
  const isRare = RARE.includes(value);
  return (
    <div className={classes.types}>
      <Segmented
        label="How it signs in"
        options={[...COMMON, { value: 'more' as const, text: 'More' }]}
        value={isRare ? 'more' : value}
        onChange={(type) => onChange(type === 'more' ? RARE[0] : type)}
      />
      {isRare && (
        <Select label="Kind" value={value} onChange={(event) => onChange(event.currentTarget.value as ConnectionType)}>
          {RARE.map((type) => (
            <option key={type} value={type}>
              {KINDS[type]}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}
