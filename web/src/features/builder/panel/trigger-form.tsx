import { useState } from 'react';
import { useConnectors } from '../../../api/catalog.js';
import type { Trigger } from '../../../api/types.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import { typesOf } from '../test/sample.js';
import { ConditionField } from './condition-field.js';
import { Select } from '../../../ui/controls.js';
import { EventSelect } from './event-select.js';
import { useProblem } from './problems.js';
import { SampleSection } from './sample-section.js';
import { TreePathField } from './tree-path-field.js';
import classes from './http-form.module.css';

const MANUAL = 'manual';

/** What only the old type has is left out when the type changes. */
function changed(trigger: Trigger, change: Partial<Trigger>): Trigger {
  if (change.type === undefined || change.type === trigger.type) return { ...trigger, ...change } as Trigger;
  const { filter, path, whenOff, orderingKey } = trigger;
  return { eventType: null, filter, path, whenOff, orderingKey, ...change } as Trigger;
}

/** What starts the integration: a connector and one of its events, or a person. */
export function TriggerForm() {
  const store = useDraftStore();
  const trigger = useDraft(({ draft }) => draft.trigger);
  const readOnly = useDraft((state) => state.readOnly);
  const connectors = useConnectors();
  const [type] = typesOf(trigger);
  const own = connectors.data?.find(({ triggers }) => triggers.some(({ eventType }) => eventType === type))?.key;
  const [picked, setPicked] = useState<string | null>(null);
  const problem = useProblem('/eventType', true) ?? useProblem('/type');
  const connector = trigger.type === 'manual' && picked === null ? MANUAL : (picked ?? own ?? '');
  const edit = (label: string, change: Partial<Trigger>, merge?: string) =>
    store
      .getState()
      .edit(label, (draft) => ({ ...draft, trigger: changed(draft.trigger, change) }), merge ? { merge } : undefined);
  const events = connectors.data?.find(({ key }) => key === connector)?.triggers ?? [];
  return (
    <div className={classes.form}>
      <Select
        label="App"
        required
        disabled={readOnly}
        value={connector}
        onChange={(event) => {
          const key = event.currentTarget.value;
          setPicked(key === MANUAL ? null : key);
          if (key === MANUAL) edit('start it by hand', { type: 'manual', eventType: null });
        }}
      >
        <option value="" disabled>
          Choose an app
        </option>
        {connectors.data
          ?.filter(({ triggers }) => triggers.length > 0)
          .map(({ key, title }) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        <option value={MANUAL}>Started by hand</option>
      </Select>
      {connector !== MANUAL && connector !== '' && (
        <EventSelect
          events={events}
          value={trigger.type === 'event' && events.some(({ eventType }) => eventType === type) ? type : null}
          others={trigger.type === 'event' ? typesOf(trigger).slice(1) : []}
          problem={problem}
          readOnly={readOnly}
          onChange={(eventType) => {
            setPicked(null);
            edit('choose the event', { type: 'event', eventType });
          }}
        />
      )}
      <ConditionField
        id="/filter"
        label="Only when"
        value={trigger.filter}
        readOnly={readOnly}
        outcome={['it starts a run', 'it starts nothing']}
        onChange={(filter) => edit('change the condition', { filter }, 'trigger/filter')}
      />
      <Select
        label="While it is off"
        value={trigger.whenOff}
        disabled={readOnly}
        onChange={(event) =>
          edit('change what happens while off', { whenOff: event.currentTarget.value as Trigger['whenOff'] })
        }
      >
        <option value="hold">Hold events for 7 days, and ask when it is turned on</option>
        <option value="drop">Let events pass</option>
      </Select>
      <TreePathField
        value={trigger.path}
        readOnly={readOnly}
        onChange={(path) => edit('change the tree path', { path }, 'trigger/path')}
      />
      <SampleSection type={trigger.type === 'event' ? (type ?? null) : null} />
    </div>
  );
}
