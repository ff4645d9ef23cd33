import { useMemo } from 'react';
import { useEventType, useRecentEvents } from '../../../api/catalog.js';
import { useEventText } from '../../../api/events.js';
import { tryParse } from '../../../ui/exact-json.js';
import { useDraft } from '../draft/draft-context.js';
import { eventsWanted, NO_SAMPLE, storedSample, typesOf, writtenSample, type Sample } from './sample.js';
import { useTesting } from './testing-store.js';

/** The sample that tests and previews work on, with its data; and whether it is there already, or is known to be none. */
export function useSampleState(): { sample: Sample; isReady: boolean } {
  const choice = useTesting(({ sample }) => sample);
  const trigger = useDraft(({ draft }) => draft.trigger);
  const type = typesOf(trigger)[0] ?? null;
  const integrationId = useDraft(({ integration }) => integration.id);
  const recent = useRecentEvents(choice.kind === 'newest' ? eventsWanted(trigger, integrationId) : null, false);
  const eventType = useEventType(type);
  const newest = choice.kind === 'newest' ? recent.data?.[0]?.id : undefined;
  const id = choice.kind === 'event' ? choice.id : newest;
  const event = useEventText(id ?? null);
  const schemaSample: unknown = (eventType.data as { sample?: unknown } | undefined)?.sample;
  const sample = useMemo(() => {
    if (choice.kind === 'json') {
      const data = tryParse(choice.text);
      return data === undefined ? NO_SAMPLE : writtenSample('json', 'Pasted data', data, type ?? undefined);
    }
    if (id && event.data && choice.kind !== 'schema') return storedSample(id, event.data);
    if (
      schemaSample === undefined ||
      schemaSample === null ||
      (choice.kind === 'newest' && type !== null && !recent.isSuccess)
    )
      return NO_SAMPLE;
    return writtenSample('schema', 'Sample of the event type', schemaSample, type ?? undefined);
  }, [choice, id, event.data, schemaSample, type, recent.isSuccess]);
  const isReady = !(recent.isLoading || event.isLoading || eventType.isLoading);
  return { sample, isReady };
}
