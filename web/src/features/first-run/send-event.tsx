import { Link } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useSendEvent } from '../../api/events.js';
import type { EventItem } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { CopyButton } from '../../ui/copy-button.js';
import { IconBolt } from '../../ui/icons.js';
import { Ago } from '../../ui/time-text.js';
import { WELCOME } from './examples.js';
import classes from './first-run.module.css';

/** By a terminal or by the button; what has arrived is told as the server has it. */
export function SendEvent({ event }: { event: Pick<EventItem, 'id' | 'type' | 'receivedAt'> | null }) {
  const send = useSendEvent();
  const start = `curl -X POST ${location.origin}/api/v1/events`;
  const auth = '"authorization: Bearer $KEY"';
  const type = '"content-type: application/json"';
  const body = `'${JSON.stringify(WELCOME)}'`;
  return (
    <>
      <pre tabIndex={0} aria-label="The call to copy" className={classes.code}>
        {start} \{'\n'}
        {'  -H '}
        <b>{auth}</b> -H <b>{type}</b> \{'\n'}
        {'  -d '}
        <b>{body}</b>
      </pre>
      <div className={classes.actions}>
        <Button
          look="primary"
          icon={<IconBolt size={15} stroke={1.7} />}
          busy={send.isPending}
          onClick={() => send.mutate(WELCOME)}
        >
          Send a sample event
        </Button>
        <CopyButton wide label="Copy the call" text={`${start} -H ${auth} -H ${type} -d ${body}`} />
        <span className={classes.listening} role="status">
          <i aria-hidden data-heard={event ? true : undefined} />
          {event ? (
            <span>
              Received{' '}
              <Link to={`/events/${event.id}`} className="mono foreign">
                {event.type}
              </Link>{' '}
              <Ago at={event.receivedAt} />
            </span>
          ) : (
            'Listening for events'
          )}
        </span>
      </div>
      {send.error && (
        <p role="alert" className={classes.bad}>
          {reasonOf(send.error)}
        </p>
      )}
    </>
  );
}
