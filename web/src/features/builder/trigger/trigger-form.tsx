import { lazy, Suspense, useState } from 'react';
import { useConnectors } from '../../../api/catalog.js';
import type { Trigger, WebhookTrigger } from '../../../api/types.js';
import { newTrigger } from '../../../flow/new-trigger.js';
import { Select } from '../../../ui/controls.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import { ConditionField } from '../panel/condition-field.js';
import { useProblem } from '../panel/problems.js';
import { typesOf } from '../test/sample.js';
import type { EditTrigger } from './edit-trigger.js';
import { EventSelect } from './event-select.js';
import { SampleSection } from './sample-section.js';
import { TreePathField } from './tree-path-field.js';
import classes from '../panel/http-form.module.css';

const WebhookForm = lazy(() => import('./webhook-form.js').then(({ WebhookForm: each }) => ({ default: each })));
const ScheduleForm = lazy(() => import('./schedule-form.js').then(({ ScheduleForm: each }) => ({ default: each })));

/** Connectors whose one event is a kind of trigger of its own. */
const DOORS = {
  webhook: 'Webhook: a call to its own URL',
  schedule: 'Schedule: by the clock',
  manual: 'Started by hand',
};
type Door = keyof typeof DOORS;
const isDoor = (key: string): key is Door => Object.hasOwn(DOORS, key);

/** What starts the integration: an event of a connector, a call, the clock or a person. */
export function TriggerForm() {
  const store = useDraftStore();
  const trigger = useDraft(({ draft }) => draft.trigger);
  const readOnly = useDraft((state) => state.readOnly);
  const connectors = useConnectors();
  const [type] = typesOf(trigger);
  const own = connectors.data?.find(({ triggers }) => triggers.some(({ eventType }) => eventType === type))?.key;
  // An app is chosen before its event is, which alone is in the draft.
  const [picked, setPicked] = useState<string | null>(null);
  const problem = useProblem('/eventType', true) ?? useProblem('/type');
  const app = picked ?? (trigger.type === 'event' ? own : trigger.type) ?? '';
  const apps = connectors.data?.filter(({ key, triggers }) => triggers.length > 0 && !isDoor(key)) ?? [];
  const events = apps.find(({ key }) => key === app)?.triggers ?? [];
  const put = (label: string, next: (now: Trigger) => Trigger, merge?: string) =>
    store
      .getState()
      .edit(
        label,
        (draft) => ({ ...draft, trigger: next(draft.trigger) }),
        merge ? { merge: `trigger/${merge}` } : undefined,
      );
  const edit: EditTrigger = (label, change, merge) => put(label, (now) => ({ ...now, ...change }) as Trigger, merge);
  return (
    <div className={classes.form}>
      <Select
        label="App"
        required
        disabled={readOnly}
        value={app}
        onChange={(event) => {
          const key = event.currentTarget.value;
          if (!isDoor(key)) return setPicked(key);
          setPicked(null);
          const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
          put('change what starts it', (now) => (now.type === key ? now : newTrigger(key, now, zone)));
        }}
      >
        <option value="" disabled>
          Choose an app
        </option>
        <optgroup label="Events of an app">
          {apps.map(({ key, title }) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </optgroup>
        <optgroup label="Without an app">
          {Object.entries(DOORS).map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </optgroup>
      </Select>
      {app !== '' && !isDoor(app) && (
        <div data-pointer="/eventType">
          <EventSelect
            events={events}
            value={trigger.type === 'event' && events.some(({ eventType }) => eventType === type) ? type : null}
            others={trigger.type === 'event' ? typesOf(trigger).slice(1) : []}
            problem={problem}
            readOnly={readOnly}
            onChange={(eventType) => {
              setPicked(null);
              put('choose the event', (now) => ({ ...newTrigger('event', now), eventType }));
            }}
          />
        </div>
      )}
      {picked === null && (
        <Suspense>
          {trigger.type === 'webhook' && (
            <WebhookForm trigger={trigger as WebhookTrigger} readOnly={readOnly} edit={edit} />
          )}
          {trigger.type === 'schedule' && <ScheduleForm trigger={trigger} readOnly={readOnly} edit={edit} />}
        </Suspense>
      )}
      <ConditionField
        id="/filter"
        label="Only when"
        value={trigger.filter}
        readOnly={readOnly}
        outcome={['it starts a run', 'it starts nothing']}
        onChange={(filter) => edit('change the condition', { filter }, 'filter')}
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
        onChange={(path) => edit('change the tree path', { path }, 'path')}
      />
      <SampleSection trigger={trigger} />
    </div>
  );
}
