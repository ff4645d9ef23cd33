import { Link } from 'react-router';
import { statusOf, reasonOf } from '../../api/api-error.js';
import { useEventText } from '../../api/events.js';
import { CodeView } from '../../ui/code-view.js';
import { CopyButton } from '../../ui/copy-button.js';
import { MethodIcon } from '../../ui/method-icon.js';
import card from '../../exchange/exchange.module.css';
import classes from './step-panel.module.css';

/** What started the run. Its data is read only when this is on the page. */
export function EventPanel({ eventId, type }: { eventId: string; type: string | null }) {
  const event = useEventText(eventId);
  return (
    <section className={classes.panel} aria-labelledby="step-title">
      <header className={classes.head}>
        <MethodIcon method="event" large />
        <div className={classes.title}>
          <h2 id="step-title" className="foreign">
            {type ?? 'Event'}
          </h2>
          <p>
            What started this run · <Link to={`/runs?eventId=${eventId}`}>all runs it started</Link>
          </p>
        </div>
      </header>
      <div className={card.card}>
        <div className={card.cardHead}>
          <h3>As it is stored</h3>
          <span className="mono">{eventId}</span>
          <CopyButton text={eventId} label="Copy event id" />
        </div>
        {event.isPending && <p className={card.none}>Loading…</p>}
        {event.isError && (
          <p className={card.none}>
            {statusOf(event.error) === 404 ? 'The data of this event is no longer kept.' : reasonOf(event.error)}
          </p>
        )}
        {event.data && <CodeView text={event.data} label="Event" />}
      </div>
    </section>
  );
}
