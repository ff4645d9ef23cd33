import { useRef } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { roleAllows, useSession } from '../../api/session.js';
import { useChangeSubscription, useSubscriptions } from '../../api/subscriptions.js';
import type { Subscription } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { IconBellRinging, IconPlus } from '../../ui/icons.js';
import { List } from '../../ui/list.js';
import { MethodTag } from '../../ui/method-icon.js';
import { Notice } from '../../ui/notice.js';
import { OnOffSwitch } from '../../ui/on-off-switch.js';
import { Page } from '../../ui/page.js';
import { useRowKeys, useShortcut, type Walk } from '../../ui/shortcuts.js';
import { WithSidePanel } from '../../ui/side-panel.js';
import { Ago } from '../../ui/time-text.js';
import { NewSubscriptionDialog } from './new-subscription-dialog.js';
import { SubscriptionPanel } from './subscription-panel.js';
import list from '../../ui/list.module.css';
import classes from './subscriptions.module.css';

const NEW = 'new';
const KEYS: [string, string][] = [
  ['N', 'new'],
  ['J K', 'move'],
  ['Enter', 'open'],
];

export function SubscriptionsPage() {
  const { id } = useParams();
  const navigate = useNavigate();
  const me = useSession().data;
  const canChange = me ? roleAllows(me.role, 'developer') : false;
  const query = useSubscriptions();
  const rows = query.data ?? [];
  const at = rows.findIndex((row) => row.id === id);
  const goTo = (row: Subscription | undefined) =>
    row && (() => void navigate(`/subscriptions/${row.id}`, { replace: true, preventScrollReset: true }));
  const walk = rows[at] && { previous: goTo(rows[at - 1]), next: goTo(rows[at + 1]) };
  const back = () => void navigate('/subscriptions');
  const add = () => void navigate(`/subscriptions/${NEW}`);
  useShortcut('n', () => canChange && add());
  return (
    <WithSidePanel
      panel={
        rows[at] && (
          <SubscriptionPanel
            key={id}
            subscription={rows[at]}
            canChange={canChange}
            onPrevious={walk?.previous}
            onNext={walk?.next}
            onClose={back}
          />
        )
      }
    >
      <Page
        title="Subscriptions"
        purpose="Outside systems that are told of events by a signed call."
        aside={
          canChange && (
            <Button look="primary" icon={<IconPlus size={15} stroke={1.9} />} onClick={add}>
              New subscription
            </Button>
          )
        }
      >
        <List
          what="The subscriptions"
          noun={['subscription', 'subscriptions']}
          shown={rows.length}
          query={query}
          reason={query.error && reasonOf(query.error)}
          columns={4}
          keys={KEYS}
          empty={
            <Notice
              icon={<IconBellRinging size={20} stroke={1.7} />}
              title="No subscriptions yet"
              actions={canChange && <Button onClick={add}>Add the first one</Button>}
            >
              Name a URL and the events it wants to hear of.
            </Notice>
          }
        >
          <SubscriptionTable rows={rows} open={id} walk={walk} canChange={canChange} />
        </List>
        {id === NEW && canChange && <NewSubscriptionDialog onClose={back} />}
      </Page>
    </WithSidePanel>
  );
}

interface SubscriptionTableProps {
  rows: Subscription[];
  open: string | undefined;
  walk: Walk | undefined;
  canChange: boolean;
}

function SubscriptionTable({ rows, open, walk, canChange }: SubscriptionTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const change = useChangeSubscription();
  useRowKeys(body, walk);
  return (
    <table className={list.table}>
      <caption className="sr-only">Webhook subscriptions</caption>
      <thead>
        <tr>
          <th scope="col">On</th>
          <th scope="col">URL and events</th>
          <th scope="col" className={list.mediumUp}>
            Method
          </th>
          <th scope="col" className={`${list.right} ${list.mediumUp}`}>
            Made
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map(({ id, webhookUrl, webhookHttpMethod, events, workflowId, enabled, createdAt }) => (
          <tr key={id} className={id === open ? classes.open : undefined}>
            <td>
              <OnOffSwitch
                on={change.isPending && change.variables.id === id ? (change.variables.enabled ?? enabled) : enabled}
                label={`${webhookUrl} is on`}
                disabledReason={canChange ? undefined : 'Developers and administrators may switch it.'}
                onChange={(on) => change.mutate({ id, enabled: on })}
              />
            </td>
            <td className={list.main}>
              <div className={list.name}>
                <Link
                  to={`/subscriptions/${id}`}
                  data-row-link
                  preventScrollReset
                  className="mono foreign"
                  aria-current={id === open ? 'true' : undefined}
                >
                  {webhookUrl}
                </Link>
              </div>
              <p className={list.sub}>
                {events.join(', ')}
                {workflowId && <span className="foreign"> · workflow {workflowId}</span>}
              </p>
              {change.isError && change.variables.id === id && (
                <p className={`${list.sub} ${list.bad}`} role="alert">
                  {reasonOf(change.error)}
                </p>
              )}
            </td>
            <td className={list.mediumUp}>
              <MethodTag method={webhookHttpMethod} />
            </td>
            <td className={`${list.right} ${list.soft} ${list.mediumUp}`}>
              <Ago at={createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
