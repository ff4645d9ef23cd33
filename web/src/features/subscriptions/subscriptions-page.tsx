import { useRef } from 'react';
import { Link, useNavigate } from 'react-router';
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
import { useOpenRow, useRowKeys, type OpenRow } from '../../ui/rows.js';
import { useShortcut } from '../../ui/shortcuts.js';
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
  const navigate = useNavigate();
  const me = useSession().data;
  const canChange = me ? roleAllows(me.role, 'developer') : false;
  const query = useSubscriptions();
  const rows = query.data ?? [];
  const open = useOpenRow('/subscriptions', rows);
  const shown = rows.find((row) => row.id === open?.id);
  const add = () => void navigate(`/subscriptions/${NEW}`);
  useShortcut('n', () => canChange && add());
  return (
    <WithSidePanel
      panel={open && shown && <SubscriptionPanel key={open.id} {...open} subscription={shown} canChange={canChange} />}
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
          <SubscriptionTable rows={rows} open={shown && open} canChange={canChange} />
        </List>
        {open?.id === NEW && canChange && <NewSubscriptionDialog onClose={open.onClose} />}
      </Page>
    </WithSidePanel>
  );
}

interface SubscriptionTableProps {
  rows: Subscription[];
  open: OpenRow | undefined;
  canChange: boolean;
}

function SubscriptionTable({ rows, open, canChange }: SubscriptionTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const change = useChangeSubscription();
  useRowKeys(body, open);
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
          <tr key={id} className={id === open?.id ? classes.open : undefined}>
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
                  aria-current={id === open?.id ? 'true' : undefined}
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
