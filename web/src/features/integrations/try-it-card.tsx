import { useNavigate } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useSendEvent } from '../../api/events.js';
import { roleAllows, useSession } from '../../api/session.js';
import { Button } from '../../ui/button.js';
import { CopyButton } from '../../ui/copy-button.js';
import { IconBolt } from '../../ui/icons.js';
import classes from './integrations.module.css';

/** The event that the integration of a first start listens to. */
export const WELCOME = { type: 'hookline.welcome', data: { name: 'Ada' } };

/** The first thing to do on a fresh server: one event in, and see its run. */
export function TryItCard() {
  const navigate = useNavigate();
  const send = useSendEvent();
  const me = useSession().data;
  const body = `'${JSON.stringify(WELCOME)}'`;
  const start = `curl -X POST ${location.origin}/api/v1/events`;
  const auth = "'authorization: Bearer <your key>'";
  const type = "'content-type: application/json'";
  return (
    <section className={classes.tryIt} aria-labelledby="try-it">
      <div>
        <h2 id="try-it">Try it: send your first event</h2>
        <p>A sample integration is on. It passes the welcome event on to a small receiver of this server.</p>
      </div>
      <pre tabIndex={0} aria-label="The call to copy">
        {start} \{'\n'}
        {'  -H '}
        <b>{auth}</b> -H <b>{type}</b> \{'\n'}
        {'  -d '}
        <b>{body}</b>
      </pre>
      <div className={classes.tryActions}>
        {me && roleAllows(me.role, 'developer') && (
          <Button
            look="primary"
            icon={<IconBolt size={15} stroke={1.7} />}
            busy={send.isPending}
            onClick={() =>
              send.mutate(WELCOME, {
                onSuccess: ({ id, runs }) => {
                  const to = runs[0] ? `/runs/${runs[0]}` : `/runs?eventId=${id}`;
                  void navigate(to, { state: { justSent: true } });
                },
              })
            }
          >
            Send the welcome event
          </Button>
        )}
        <CopyButton wide label="Copy the call" text={`${start} -H ${auth} -H ${type} -d ${body}`} />
        {send.error && <span role="alert">{reasonOf(send.error)}</span>}
      </div>
    </section>
  );
}
