import { Link } from 'react-router';
import { useNewestEvent, usePassingOn } from '../../api/first-run.js';
import { roleAllows, useSession } from '../../api/session.js';
import { useAnyGoodRun } from '../../api/stats.js';
import { IconCircleCheckFilled } from '../../ui/icons.js';
import { ExampleCards } from './example-cards.js';
import { WELCOME } from './examples.js';
import { PassOn } from './pass-on.js';
import { SendEvent } from './send-event.js';
import { Steps } from './steps.js';
import { WatchRun } from './watch-run.js';
import classes from './first-run.module.css';

/** One event from start to finish. A step is done when the server says that it happened, however it came about. */
export function FirstRunPage() {
  const me = useSession().data;
  const event = useNewestEvent().data;
  const integration = usePassingOn(WELCOME.type).data;
  const goodRun = useAnyGoodRun(true).data;
  const mayEdit = me ? roleAllows(me.role, 'developer') : false;
  return (
    <div className={classes.page}>
      <title>First steps · Hookline</title>
      <header className={classes.head}>
        <h1>Send your first event</h1>
        <p>
          Follow one event from start to finish. Nothing is sent to another system until you test a step or turn an
          integration on.
        </p>
      </header>
      {goodRun && (
        <p className={classes.finished} role="status">
          <IconCircleCheckFilled size={18} aria-hidden />
          <span>
            <b>It works.</b> An event came in, its call was made, and both are on record.
          </span>
          <Link to={`/runs/${goodRun.id}`}>See what was sent</Link>
          <Link to="/">Go to the overview</Link>
        </p>
      )}
      <Steps
        steps={[
          { title: 'Sign in', text: me ? `Signed in as ${me.name}, ${me.role}` : '', done: Boolean(me) },
          {
            title: 'Send a test event',
            text: 'Copy this into a terminal, or use the button. The event shows up here as soon as it arrives.',
            done: Boolean(event),
            body: <SendEvent event={event ?? null} />,
          },
          {
            title: 'Pass it on to a URL',
            text: 'An integration picks an event as its trigger and calls a URL with it.',
            done: Boolean(integration),
            body: <PassOn integration={integration ?? null} mayEdit={mayEdit} />,
          },
          {
            title: 'Turn it on and watch a run',
            text: 'From then on each event makes a run, with the exact request and the exact answer.',
            done: Boolean(goodRun),
            body: integration && <WatchRun integration={integration} mayEdit={mayEdit} />,
          },
        ]}
      />
      {mayEdit && <ExampleCards />}
    </div>
  );
}
