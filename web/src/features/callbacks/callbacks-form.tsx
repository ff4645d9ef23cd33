import { useImperativeHandle, useState, type Ref } from 'react';
import { ApiError, reasonOf } from '../../api/api-error.js';
import { useLastCalls, useSaveCallbacks, useTestCallbacks } from '../../api/callbacks.js';
import type { CallbackEvent, Callbacks } from '../../api/types.js';
import { announce } from '../../ui/announce.js';
import { Button } from '../../ui/button.js';
import { CallPreview } from './call-preview.js';
import { CallbackSection } from './callback-section.js';
import { NewSecret } from './new-secret.js';
import { mergeDuplicates, problemsOf, serverProblems, urlsOf, type LineProblem } from './url-lines.js';
import classes from './callbacks.module.css';

export interface FormHandle {
  /** Goes at once where nothing would be lost; else asks first. */
  leave: (go: () => void) => void;
  submit: () => void;
}

interface CallbacksFormProps {
  ref: Ref<FormHandle>;
  process: string | null;
  stored: Callbacks;
  onClose: () => void;
}

interface Section {
  enabled: boolean;
  text: string;
}
interface Values {
  created: Section;
  updated: Section;
  deleted: Section;
  sign: boolean;
  durable: boolean;
}

const EVENTS: CallbackEvent[] = ['created', 'updated', 'deleted'];

export function CallbacksForm({ ref, process, stored, onClose }: CallbacksFormProps) {
  const [values, setValues] = useState(() => valuesOf(stored));
  const [looking, setLooking] = useState<CallbackEvent>('created');
  const [leaving, setLeaving] = useState<{ go: () => void } | null>(null);
  const [refused, setRefused] = useState<{ path: string; message: string }[]>([]);
  const [secret, setSecret] = useState<string | null>(null);
  const save = useSaveCallbacks();
  const test = useTestCallbacks();
  const last = useLastCalls(process);

  const change = (event: CallbackEvent, part: Partial<Section>) => {
    setValues((now) => ({ ...now, [event]: { ...now[event], ...part } }));
    if ('text' in part) setRefused([]);
  };
  const isChanged = JSON.stringify(changeOf(values)) !== JSON.stringify(changeOf(valuesOf(stored)));
  const faults = (event: CallbackEvent): LineProblem[] => {
    const own = problemsOf(values[event].text);
    return own.length > 0 ? own : serverProblems(refused, event);
  };
  const isValid = EVENTS.every((event) => problemsOf(values[event].text).length === 0);

  const submit = () => {
    if (!isValid || save.isPending) return;
    if (!isChanged) return onClose();
    save.mutate(
      { process, body: changeOf(values) },
      {
        onSuccess: (saved) => {
          announce('Callback URLs saved');
          if (saved.signingSecret) setSecret(saved.signingSecret);
          else onClose();
        },
        onError: (error) => setRefused(error instanceof ApiError ? error.faults : []),
      },
    );
  };
  useImperativeHandle(ref, () => ({
    leave: (go) => (isChanged && !leaving && !secret ? setLeaving({ go }) : go()),
    submit,
  }));

  if (secret) return <NewSecret secret={secret} onClose={onClose} />;
  return (
    <>
      {EVENTS.map((event) => (
        <CallbackSection
          key={event}
          event={event}
          enabled={values[event].enabled}
          text={values[event].text}
          problems={faults(event)}
          calls={(last.data ?? []).filter((call) => call.event === event)}
          testing={test.isPending && test.variables.event === event}
          noTest={noTestReason(values[event], stored[event])}
          onTest={() => test.mutate({ process, event }, { onSuccess: () => announce('Test calls sent') })}
          onChange={(part) => change(event, part)}
          onLook={() => setLooking(event)}
        />
      ))}
      <CallPreview
        process={process ?? 'Purchase requests'}
        event={looking}
        url={urlsOf(values[looking].text)[0]}
        durable={values.durable}
      />
      <footer className={classes.foot}>
        {leaving ? (
          <div className={classes.leaving} role="alert">
            <p>Close without saving your changes?</p>
            <Button autoFocus onClick={() => setLeaving(null)}>
              Keep editing
            </Button>
            <Button look="primary" onClick={leaving.go}>
              Discard changes
            </Button>
          </div>
        ) : (
          <>
            <div className={classes.choices}>
              <label>
                <input
                  type="checkbox"
                  checked={values.sign}
                  onChange={(event) => setValues({ ...values, sign: event.currentTarget.checked })}
                />
                Sign each call (webhook-signature header)
              </label>
              <label>
                <input
                  type="checkbox"
                  checked={values.durable}
                  onChange={(event) => setValues({ ...values, durable: event.currentTarget.checked })}
                />
                Try again when a call fails
              </label>
            </div>
            {[save, test].map(
              ({ error }, index) =>
                error && (
                  <p key={index} className={classes.failed} role="alert">
                    {index === 0 ? 'Nothing was saved. ' : ''}
                    {reasonOf(error)}
                  </p>
                ),
            )}
            <Button onClick={() => (isChanged ? setLeaving({ go: onClose }) : onClose())}>Close</Button>
            <Button
              look="primary"
              busy={save.isPending}
              disabled={!isValid}
              title={isValid ? undefined : 'Mend the lines in red first'}
              onClick={submit}
            >
              OK
            </Button>
          </>
        )}
      </footer>
    </>
  );
}

function valuesOf(stored: Callbacks): Values {
  const [created, updated, deleted] = EVENTS.map((event) => ({
    enabled: stored[event].enabled,
    text: stored[event].urls.join('\n'),
  }));
  return { created, updated, deleted, sign: stored.sign, durable: stored.delivery === 'durable' };
}

/** The lines go as they are written, so that the server counts them as the editor does. */
function changeOf({ sign, durable, ...sections }: Values) {
  const [created, updated, deleted] = EVENTS.map((event) => ({
    enabled: sections[event].enabled,
    urls: mergeDuplicates(sections[event].text).text,
  }));
  const delivery: Callbacks['delivery'] = durable ? 'durable' : 'best-effort';
  return { created, updated, deleted, sign, delivery };
}

function noTestReason(now: Section, stored: { urls: string[] }): string | undefined {
  if (urlsOf(now.text).join('\n') !== stored.urls.join('\n')) return 'Save first: a test calls what is stored.';
  return stored.urls.length === 0 ? 'There is no URL to call.' : undefined;
}
