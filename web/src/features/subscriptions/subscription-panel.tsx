import { useState } from 'react';
import { Link } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useDeleteSubscription, useRotateSecret, useTestSubscription } from '../../api/subscriptions.js';
import type { Subscription, SubscriptionEvent } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { Select } from '../../ui/controls.js';
import { Dialog } from '../../ui/dialog.js';
import { Facts } from '../../ui/facts.js';
import { IconRefresh, IconSend, IconTrash } from '../../ui/icons.js';
import type { OpenRow } from '../../ui/rows.js';
import { SidePanel } from '../../ui/side-panel.js';
import { formatExact } from '../../ui/time.js';
import { SecretOnce, VerifyCode } from './secret-once.js';
import classes from './subscriptions.module.css';

interface SubscriptionPanelProps extends OpenRow {
  subscription: Subscription;
  canChange: boolean;
}

export function SubscriptionPanel({ id, subscription, canChange, ...walk }: SubscriptionPanelProps) {
  const { webhookUrl, webhookHttpMethod, events, workflowId, enabled, createdAt } = subscription;
  const test = useTestSubscription();
  const rotate = useRotateSecret();
  const remove = useDeleteSubscription();
  const [eventType, setEventType] = useState(events[0]);
  const [asking, setAsking] = useState<'rotate' | 'delete' | null>(null);
  const act = () =>
    asking === 'delete'
      ? remove.mutate(id, { onSuccess: walk.onClose })
      : rotate.mutate(id, { onSuccess: () => setAsking(null) });
  return (
    <SidePanel title={webhookUrl} {...walk}>
      <Facts
        rows={[
          ['Sent to', <code key="url">{webhookUrl}</code>],
          ['Method', webhookHttpMethod],
          ['Events', events.join(', ')],
          ['Workflow', workflowId ?? 'All of them'],
          ['State', enabled ? 'On' : 'Off'],
          ['Made', formatExact(createdAt)],
        ]}
      />
      {canChange && (
        <>
          <div className={classes.test}>
            <Select
              label="Send a test of"
              value={eventType}
              onChange={(event) => setEventType(event.currentTarget.value)}
            >
              {events.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
            <Button
              icon={<IconSend size={14} stroke={1.7} />}
              busy={test.isPending}
              onClick={() => test.mutate({ id, eventType: eventType as SubscriptionEvent })}
            >
              Send test
            </Button>
          </div>
          <div role="status">
            {test.data && (
              <p>
                A real, signed call is under way. <Link to={`/runs/${test.data.runId}`}>See the answer</Link>
              </p>
            )}
          </div>
          {test.error && (
            <p className={classes.failed} role="alert">
              {reasonOf(test.error)}
            </p>
          )}
          <div className={classes.buttons}>
            <Button icon={<IconRefresh size={14} stroke={1.7} />} onClick={() => setAsking('rotate')}>
              Replace the secret
            </Button>
            <Button icon={<IconTrash size={14} stroke={1.7} />} onClick={() => setAsking('delete')}>
              Delete
            </Button>
          </div>
        </>
      )}
      <h3 className={classes.title}>Verify the signature</h3>
      <VerifyCode />
      {asking && (
        <Dialog
          title={asking === 'delete' ? 'Delete this subscription?' : 'Replace the secret?'}
          busy={rotate.isPending || remove.isPending}
          onClose={() => setAsking(null)}
          onSubmit={act}
          actions={
            <>
              <Button onClick={() => setAsking(null)}>Cancel</Button>
              <Button type="submit" look="primary" busy={rotate.isPending || remove.isPending}>
                {asking === 'delete' ? 'Delete' : 'Replace'}
              </Button>
            </>
          }
        >
          <p>
            {asking === 'delete'
              ? 'It gets no more calls. What was delivered stays on record.'
              : 'Calls are signed with the new and the last secret until the next replacement, so that nothing is refused meanwhile.'}
          </p>
          {(rotate.error ?? remove.error) && <p role="alert">{reasonOf(rotate.error ?? remove.error)}</p>}
        </Dialog>
      )}
      {rotate.data && (
        <Dialog
          title="Copy the new secret now"
          wide
          onClose={() => rotate.reset()}
          onSubmit={() => rotate.reset()}
          actions={
            <Button type="submit" look="primary">
              Done
            </Button>
          }
        >
          <SecretOnce secret={rotate.data.secret} />
        </Dialog>
      )}
    </SidePanel>
  );
}
