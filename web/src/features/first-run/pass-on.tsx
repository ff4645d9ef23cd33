import { useState } from 'react';
import { Link } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useCreateIntegration } from '../../api/drafts.js';
import { useInspectorUrl } from '../../api/first-run.js';
import type { IntegrationItem } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { TextInput } from '../../ui/controls.js';
import { IconRoute } from '../../ui/icons.js';
import { welcomeDraft } from './examples.js';
import classes from './first-run.module.css';

interface PassOnProps {
  integration: Pick<IntegrationItem, 'id' | 'name'> | null;
  mayEdit: boolean;
}

/** Makes the first integration, to the built-in receiver or to an address of the reader's own. */
export function PassOn({ integration, mayEdit }: PassOnProps) {
  const create = useCreateIntegration();
  const receiver = useInspectorUrl();
  const [typed, setTyped] = useState('');
  if (integration)
    return (
      <p>
        <Link to={`/integrations/${integration.id}`} className="foreign">
          {integration.name}
        </Link>{' '}
        is ready. Open it to see how it is drawn.
      </p>
    );
  if (!mayEdit) return <p>Your role may look, but not draw integrations: ask a developer.</p>;
  const url = receiver.data ? `${receiver.data}/welcome` : typed.trim();
  return (
    <form
      className={classes.make}
      onSubmit={(event) => {
        event.preventDefault();
        if (url) create.mutate(welcomeDraft(url));
      }}
    >
      {receiver.data === null && (
        <TextInput
          label="Address to call"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder="https://example.com/webhook"
          hint="This server has no receiver of its own: give the address of one of yours."
        />
      )}
      <div className={classes.actions}>
        <Button type="submit" icon={<IconRoute size={15} stroke={1.7} />} busy={create.isPending} disabled={!url}>
          Make this integration
        </Button>
        {receiver.data && (
          <span>
            It calls a receiver that is built in: <code>{receiver.data}</code>
          </span>
        )}
      </div>
      {create.error && (
        <p role="alert" className={classes.bad}>
          {reasonOf(create.error)}
        </p>
      )}
    </form>
  );
}
