import { Link } from 'react-router';
import { reasonOf, statusOf } from '../../api/api-error.js';
import { useEventText, useSendAgain } from '../../api/events.js';
import { roleAllows, useSession } from '../../api/session.js';
import type { EventDetail } from '../../api/types.js';
import { announce } from '../../ui/announce.js';
import { Button } from '../../ui/button.js';
import { CodeView } from '../../ui/code-view.js';
import { CopyButton } from '../../ui/copy-button.js';
import { tryParse } from '../../ui/exact-json.js';
import { Facts } from '../../ui/facts.js';
import { ListError } from '../../ui/list-parts.js';
import type { OpenRow } from '../../ui/rows.js';
import { SidePanel } from '../../ui/side-panel.js';
import { formatExact } from '../../ui/time.js';
import { eventCurl } from './event-curl.js';
import card from '../../exchange/exchange.module.css';
import classes from './event-panel.module.css';

/** Why an integration that looked at an event did not run. */
const REASONS: Record<string, string> = {
  filter: 'its condition was not met',
  filter_error: 'its condition could not be judged on this data',
  off: 'it was off and does not hold events',
  archived: 'it is archived',
  not_published: 'it was never published',
  held_limit: 'it holds as many events as it may',
};

/** One event: where it came from, what it started, who looked at it and did not run, and what it holds. */
export function EventPanel({ id, ...walk }: OpenRow) {
  const query = useEventText(id);
  const event = query.data === undefined ? undefined : (tryParse(query.data) as EventDetail | undefined);
  return (
    <SidePanel title={event?.type ?? 'Event'} {...walk}>
      {query.isPending && <p role="status">Loading…</p>}
      {query.isError && (
        <ListError
          what="The event"
          reason={
            statusOf(query.error) === 404 ? 'There is no such event, or it is no longer kept.' : reasonOf(query.error)
          }
          onRetry={() => query.refetch()}
        />
      )}
      {event && <Details event={event} />}
    </SidePanel>
  );
}

function Details({ event }: { event: EventDetail }) {
  const { id, source, subject, time, receivedAt, runLog, passedOver, data } = event;
  const text = JSON.stringify(data, null, 2);
  return (
    <>
      <Facts
        rows={[
          ['Source', source],
          ...(subject === null ? [] : ([['Subject', subject]] as [string, string][])),
          ['Happened', formatExact(time)],
          ['Received', formatExact(receivedAt)],
          ['Id', <code key="id">{id}</code>],
        ]}
      />
      <section className={classes.section} aria-labelledby="event-started">
        <h3 id="event-started">Started by this</h3>
        {runLog.length === 0 && <p>Nothing ran.</p>}
        <ul>
          {runLog.map((run) => (
            <li key={run.id}>
              <Link to={`/runs/${run.id}`} className="foreign">
                Run {run.number}: {run.integrationName ?? 'an integration that was deleted'}
              </Link>{' '}
              <span>{run.status}</span>
              {run.integrationName !== null && (
                <>
                  {' · '}
                  <Link to={`/integrations/${run.integrationId}?sample=${id}`}>Use as sample</Link>
                </>
              )}
            </li>
          ))}
        </ul>
      </section>
      {passedOver.length > 0 && (
        <section className={classes.section} aria-labelledby="event-passed">
          <h3 id="event-passed">Looked at it and did not run</h3>
          <ul>
            {passedOver.map(({ integrationId, integrationName, reason }) => (
              <li key={integrationId}>
                <Link to={`/integrations/${integrationId}`} className="foreign">
                  {integrationName ?? 'An integration that was deleted'}
                </Link>
                : {REASONS[reason] ?? reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      <SendAgain id={id} />
      <section className={card.card} aria-label="Data">
        <div className={card.cardHead}>
          <h3>Data</h3>
          <CopyButton
            text={() => Promise.resolve(eventCurl(event, location.origin))}
            label="Copy as cURL"
            wide="cURL"
          />
          <CopyButton text={text} label="Copy the data" />
        </div>
        <CodeView text={text} label="Data of the event" />
      </section>
    </>
  );
}

/** To every integration that listens to it now. */
function SendAgain({ id }: { id: string }) {
  const me = useSession().data;
  const again = useSendAgain();
  if (!me || !roleAllows(me.role, 'operator')) return null;
  const started = again.data?.runIds.length;
  return (
    <div className={classes.again}>
      <Button
        busy={again.isPending}
        onClick={() =>
          again.mutate(id, { onSuccess: ({ runIds }) => announce(`Sent again: ${runIds.length} started`) })
        }
      >
        Send again
      </Button>
      {started !== undefined && <p>{started === 1 ? '1 run was started.' : `${started} runs were started.`}</p>}
      {again.error && <p role="alert">{reasonOf(again.error)}</p>}
    </div>
  );
}
