import { useState } from 'react';
import { Link } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useSendEvent } from '../../api/events.js';
import type { EventType } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { TextArea } from '../../ui/controls.js';
import { Dialog } from '../../ui/dialog.js';
import { tryParse } from '../../ui/exact-json.js';
import classes from './catalog.module.css';

/** A real event: it starts what listens to it. */
export function SendExampleDialog({ type: { name, sample }, onClose }: { type: EventType; onClose: () => void }) {
  const send = useSendEvent();
  const [text, setText] = useState(() => JSON.stringify(sample, null, 2));
  const isJson = tryParse(text) !== undefined;
  const submit = () => isJson && send.mutate({ type: name, data: JSON.parse(text) as unknown });
  return (
    <Dialog
      // A new dialog takes the focus that the field leaves behind.
      key={send.data ? 'sent' : 'open'}
      title={`Send ${name}`}
      wide
      busy={send.isPending}
      onClose={onClose}
      onSubmit={send.data ? onClose : submit}
      actions={
        <>
          {!send.data && <Button onClick={onClose}>Cancel</Button>}
          <Button type="submit" look="primary" busy={send.isPending} disabled={!isJson}>
            {send.data ? 'Done' : 'Send'}
          </Button>
        </>
      }
    >
      {send.data ? (
        <p role="status">
          Stored. It started {send.data.runs.length === 1 ? '1 run' : `${send.data.runs.length} runs`}.{' '}
          <Link to={`/runs?eventId=${send.data.id}`}>See what it started</Link>
        </p>
      ) : (
        <>
          <p>This is a real event: integrations that listen to it and are on will run.</p>
          <TextArea
            label="Data"
            mono
            rows={12}
            spellCheck={false}
            problem={isJson ? undefined : 'This is not valid JSON.'}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </>
      )}
      {send.error && (
        <p role="alert" className={classes.failed}>
          {reasonOf(send.error)}
        </p>
      )}
    </Dialog>
  );
}
