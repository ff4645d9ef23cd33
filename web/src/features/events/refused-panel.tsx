import { Link } from 'react-router';
import { reasonOf, statusOf } from '../../api/api-error.js';
import { useCheckDelivery, useDelivery } from '../../api/deliveries.js';
import { roleAllows, useSession } from '../../api/session.js';
import type { Delivery } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { formatBytes } from '../../ui/bytes.js';
import { CodeView } from '../../ui/code-view.js';
import { Facts } from '../../ui/facts.js';
import { ListError } from '../../ui/list-parts.js';
import type { OpenRow } from '../../ui/rows.js';
import { SidePanel } from '../../ui/side-panel.js';
import { formatExact } from '../../ui/time.js';
import { refusalText } from './refusals.js';
import card from '../../exchange/exchange.module.css';
import classes from './event-panel.module.css';

/** One call to a hook URL that was refused: why, and what it was. */
export function RefusedPanel({ id, ...walk }: OpenRow) {
  const query = useDelivery(id);
  return (
    <SidePanel title={query.data?.integrationName ?? 'Refused delivery'} {...walk}>
      {query.isPending && <p role="status">Loading…</p>}
      {query.isError && (
        <ListError
          what="The delivery"
          reason={
            statusOf(query.error) === 404
              ? 'There is no such delivery, or it is no longer kept.'
              : reasonOf(query.error)
          }
          onRetry={() => query.refetch()}
        />
      )}
      {query.data && <Details delivery={query.data} />}
    </SidePanel>
  );
}

function Details({ delivery }: { delivery: Delivery }) {
  const { id, integrationId, integrationName, outcome, reason, method, query, bodyBytes, body, encoding } = delivery;
  const { remoteAddress, receivedAt, lastAt, times, eventId, headers } = delivery;
  return (
    <>
      <Facts
        rows={[
          ['Refused because', outcome === 'refused' ? refusalText(reason) : 'It was refused, and is an event now'],
          [
            'Hook URL of',
            <Link key="to" to={`/integrations/${integrationId}`}>
              {integrationName}
            </Link>,
          ],
          ['Request', `${method}${query === '' ? '' : ` ?${query}`}`],
          ['From', remoteAddress ?? 'Not known'],
          ['Received', formatExact(receivedAt)],
          ...(times > 1 ? ([['Times', `${times}, last ${formatExact(lastAt)}`]] as [string, string][]) : []),
        ]}
      />
      {eventId && (
        <p>
          <Link to={`/events/${eventId}`}>See the event it became</Link>
        </p>
      )}
      {outcome === 'refused' && <CheckAgain id={id} />}
      <section className={card.card} aria-label="Headers">
        <div className={card.cardHead}>
          <h3>Headers</h3>
        </div>
        <CodeView text={JSON.stringify(headers, null, 2)} label="Headers of the delivery" />
      </section>
      <section className={card.card} aria-label="Body">
        <div className={card.cardHead}>
          <h3>Body</h3>
          <span className={`${card.size} nums`}>{formatBytes(bodyBytes)}</span>
        </div>
        {encoding === 'base64' && body && <p className={card.none}>Not text. Shown as base64:</p>}
        {body ? (
          <CodeView text={body} label="Body of the delivery" />
        ) : (
          <p className={card.none}>{bodyBytes > 0 ? 'The body is not kept.' : 'No body.'}</p>
        )}
      </section>
    </>
  );
}

/** By the verification as it is now. */
function CheckAgain({ id }: { id: string }) {
  const me = useSession().data;
  const check = useCheckDelivery();
  if (!me || !roleAllows(me.role, 'operator')) return null;
  return (
    <div className={classes.again}>
      <Button busy={check.isPending} onClick={() => check.mutate(id)}>
        Check again
      </Button>
      {check.data?.outcome === 'refused' && <p role="status">Refused again. {refusalText(check.data.reason)}</p>}
      {check.error && <p role="alert">{reasonOf(check.error)}</p>}
    </div>
  );
}
