import { useState } from 'react';
import { ApiError, reasonOf } from '../../api/api-error.js';
import { useCreateSubscription, useSubscriptionEvents } from '../../api/subscriptions.js';
import type { NewSubscription, SubscriptionEvent } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { TextInput } from '../../ui/controls.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Dialog } from '../../ui/dialog.js';
import { Segmented } from '../../ui/segmented.js';
import { SecretOnce } from './secret-once.js';
import classes from './subscriptions.module.css';

export function NewSubscriptionDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateSubscription();
  const known = useSubscriptionEvents().data ?? [];
  const [url, setUrl] = useState('');
  const [method, setMethod] = useState<'POST' | 'GET'>('POST');
  const [workflowId, setWorkflowId] = useState('');
  const [events, setEvents] = useState<string[]>([]);
  const body: NewSubscription = {
    webhookUrl: url.trim(),
    webhookHttpMethod: method,
    events: events as SubscriptionEvent[],
    workflowId: workflowId.trim() || null,
  };
  const isWhole = url.trim() !== '' && events.length > 0;
  const urlFault = create.error instanceof ApiError && create.error.faults.find(({ path }) => /url/i.test(path));

  if (create.data)
    return (
      <Dialog
        key="secret"
        title="Copy the signing secret now"
        wide
        onClose={onClose}
        onSubmit={onClose}
        actions={
          <Button type="submit" look="primary">
            Done
          </Button>
        }
      >
        <SecretOnce secret={create.data.secret} />
      </Dialog>
    );
  return (
    <Dialog
      title="New subscription"
      wide
      busy={create.isPending}
      onClose={onClose}
      onSubmit={() => create.mutate(body)}
      submitLabel="Subscribe"
      disabled={!isWhole}
    >
      <TextInput
        label="URL"
        required="checked"
        type="url"
        placeholder="https://"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        problem={urlFault ? urlFault.message : undefined}
        alert
      />
      <Segmented
        label="Method"
        value={method}
        onChange={setMethod}
        options={[
          { value: 'POST', text: 'POST' },
          { value: 'GET', text: 'GET' },
        ]}
      />
      <fieldset className={classes.events}>
        <legend>Events</legend>
        {groupsOf(known).map(([group, names]) => (
          <div key={group}>
            <label>
              <input
                type="checkbox"
                checked={names.every((name) => events.includes(name))}
                onChange={(change) => {
                  const others = events.filter((name) => !names.includes(name));
                  setEvents(change.currentTarget.checked ? [...others, ...names] : others);
                }}
              />
              <b>{group}</b>
            </label>
            {names.map((name) => (
              <label key={name}>
                <input
                  type="checkbox"
                  checked={events.includes(name)}
                  onChange={(change) =>
                    setEvents(change.currentTarget.checked ? [...events, name] : events.filter((each) => each !== name))
                  }
                />
                <code>{name}</code>
              </label>
            ))}
          </div>
        ))}
      </fieldset>
      <TextInput
        label="Only for one workflow"
        hint="Its id, as events say it in data.workflowId. Empty: all of them."
        maxLength={200}
        value={workflowId}
        onChange={(event) => setWorkflowId(event.currentTarget.value)}
      />
      <div className={classes.call}>
        <p>The same as an API call</p>
        <pre tabIndex={0} aria-label="The call">
          {callOf(body)}
        </pre>
        <CopyButton text={callOf(body)} label="Copy the call" wide />
      </div>
      {create.error && !urlFault && (
        <p className={classes.failed} role="alert">
          {reasonOf(create.error)}
        </p>
      )}
    </Dialog>
  );
}

const groupsOf = (events: readonly string[]): [string, string[]][] =>
  (
    [
      ['All of workflows', events.filter((name) => name.startsWith('workflow_'))],
      ['All of the system', events.filter((name) => !name.startsWith('workflow_'))],
    ] as [string, string[]][]
  ).filter(([, names]) => names.length > 0);

function callOf(body: NewSubscription): string {
  const sent = { ...body, workflowId: body.workflowId ?? undefined };
  return [
    `curl -X POST ${location.origin}/v4/webhook-subscriptions \\`,
    `  -H 'x-api-key: <your key>' -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(sent).replaceAll("'", String.raw`'\''`)}'`,
  ].join('\n');
}
