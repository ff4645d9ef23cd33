import { useState } from 'react';
import { Link } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useRecentEvents } from '../../api/catalog.js';
import { useChangeValidation, useListeners } from '../../api/event-types.js';
import type { EventType } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { CodeView } from '../../ui/code-view.js';
import { Facts } from '../../ui/facts.js';
import { IconSend } from '../../ui/icons.js';
import { Ago } from '../../ui/time-text.js';
import { fieldsOf } from './schema-fields.js';
import { SendExampleDialog } from './send-example-dialog.js';
import card from '../../exchange/exchange.module.css';
import list from '../../ui/list.module.css';
import classes from './catalog.module.css';

interface EventTypeDetailsProps {
  type: EventType;
  canChange: boolean;
}

export function EventTypeDetails({ type, canChange }: EventTypeDetailsProps) {
  const { name, title, description, builtin, treeGroup, treeName, actionTitle, sample, schema } = type;
  const [isSending, setSending] = useState(false);
  const newest = useRecentEvents({ types: [name] }, false).data?.[0];
  const seen = newest ? (
    <Link to={`/events?type=${encodeURIComponent(name)}`}>
      <Ago at={newest.receivedAt} />
    </Link>
  ) : (
    'Never'
  );
  return (
    <article aria-labelledby="event-type">
      <header className={classes.head}>
        <h2 id="event-type" className="foreign">
          {title}
        </h2>
        {!builtin && <Chip tone="accent">Custom</Chip>}
        <Button icon={<IconSend size={14} stroke={1.7} />} onClick={() => setSending(true)}>
          Send example
        </Button>
      </header>
      <p className={classes.soft}>{description}</p>
      <Facts
        rows={[
          ['Name', <code key="name">{name}</code>],
          ...(treeGroup && treeName
            ? ([
                ['Action', actionTitle],
                ['Tree path', <code key="path">{`${treeGroup} :: ${treeName}`}</code>],
              ] as [string, React.ReactNode][])
            : []),
          ['Used by', <Listeners key="uses" type={name} />],
          ['Last seen', seen],
          ['Data that does not fit', <ValidationChoice key="validation" type={type} canChange={canChange} />],
        ]}
      />
      <FieldTable schema={schema} />
      <section className={card.card} aria-label="Example">
        <div className={card.cardHead}>
          <h3>Example</h3>
        </div>
        <CodeView text={JSON.stringify(sample)} label="Example data" />
      </section>
      {isSending && <SendExampleDialog type={type} onClose={() => setSending(false)} />}
    </article>
  );
}

function Listeners({ type }: { type: string }) {
  const { data, error } = useListeners(type);
  if (!data) return <>{error ? reasonOf(error) : 'Looking…'}</>;
  if (data.length === 0) return <>No integration</>;
  return (
    <ul>
      {data.map(({ id, name }) => (
        <li key={id}>
          <Link to={`/integrations/${id}`} className="foreign">
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

const VALIDATIONS: Record<EventType['validation'], string> = {
  off: 'is accepted',
  warn: 'is accepted and noted',
  enforce: 'is refused',
};

function ValidationChoice({ type: { name, validation }, canChange }: EventTypeDetailsProps) {
  const change = useChangeValidation();
  if (!canChange) return <>{VALIDATIONS[validation]}</>;
  return (
    <>
      <select
        aria-label="Data that does not fit the schema"
        className={classes.choice}
        value={change.isPending ? change.variables.validation : validation}
        onChange={(event) => change.mutate({ name, validation: event.currentTarget.value as EventType['validation'] })}
      >
        {Object.entries(VALIDATIONS).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {change.error && <span role="alert"> {reasonOf(change.error)}</span>}
    </>
  );
}

function FieldTable({ schema }: { schema: EventType['schema'] }) {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return <p className={classes.soft}>The schema names no fields.</p>;
  return (
    <table className={`${list.table} ${classes.fields}`}>
      <caption className="sr-only">Fields</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col" className={list.mediumUp}>
            Meaning
          </th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ path, type, required, description }) => (
          <tr key={path}>
            <td>
              <code className="foreign">{path}</code>
              {required && <span className={classes.required}> required</span>}
            </td>
            <td className={classes.soft}>{type}</td>
            <td className={`${classes.soft} ${list.mediumUp} foreign`}>{description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
