import { useRecentEvents } from '../../../api/catalog.js';
import { formatRelative } from '../../../ui/time.js';
import { useDraft } from '../draft/draft-context.js';
import { useFieldScope } from '../fields/field-scope.js';
import { Select } from '../../../ui/controls.js';
import { eventsWanted, labelOf } from './sample.js';
import { useTesting } from './testing-store.js';

/** Which data previews and tests work on. */
export function SampleSelect() {
  const choice = useTesting(({ sample }) => sample);
  const choose = useTesting((state) => state.choose);
  const trigger = useDraft(({ draft }) => draft.trigger);
  const integrationId = useDraft(({ integration }) => integration.id);
  const { sample } = useFieldScope();
  const recent = useRecentEvents(eventsWanted(trigger, integrationId), false);
  const isListed = choice.kind !== 'event' || recent.data?.some(({ id }) => id === choice.id);
  return (
    <Select
      label="Sample"
      value={choice.kind === 'event' ? choice.id : choice.kind}
      onChange={(event) => {
        const { value } = event.currentTarget;
        if (value === 'newest' || value === 'schema') return choose({ kind: value });
        const found = recent.data?.find(({ id }) => id === value);
        if (found) choose({ kind: 'event', id: found.id, label: labelOf(found, found.id) });
      }}
    >
      <option value="newest">
        {choice.kind === 'newest' && sample.kind !== 'event'
          ? `Newest event (none yet: ${sample.label.toLowerCase()})`
          : 'Newest event'}
      </option>
      <option value="schema">Sample of the event type</option>
      {choice.kind === 'json' && <option value="json">Pasted data (change it in step 1)</option>}
      {!isListed && choice.kind === 'event' && <option value={choice.id}>{choice.label}</option>}
      {recent.data?.map((event) => (
        <option key={event.id} value={event.id}>
          {`${labelOf(event, event.id)} · ${formatRelative(event.receivedAt, Date.now())}`}
        </option>
      ))}
    </Select>
  );
}
