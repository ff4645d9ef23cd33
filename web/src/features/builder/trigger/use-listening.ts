import { useState } from 'react';
import { useRecentEvents } from '../../../api/catalog.js';
import { useRefusedDeliveries } from '../../../api/triggers.js';
import type { Trigger } from '../../../api/types.js';
import { announce } from '../../../ui/announce.js';
import { useDraft } from '../draft/draft-context.js';
import { eventsWanted } from '../test/sample.js';

/** The newest event, and the newest refused call, when listening began: what differs came since. */
interface Before {
  event: string;
  refusal: string;
}

/** The events that may be a sample; while it listens, also the first one and the newest refused call that came since. */
export function useListening(trigger: Trigger) {
  const integrationId = useDraft(({ integration }) => integration.id);
  const [before, setBefore] = useState<Before | null>(null);
  const hasHook = trigger.type === 'webhook';
  const events = useRecentEvents(eventsWanted(trigger, integrationId), before !== null);
  const refusals = useRefusedDeliveries(integrationId, hasHook && before !== null);
  const [newest] = events.data ?? [];
  const [refusal] = refusals.data ?? [];

  return {
    events: events.data,
    listening: before !== null,
    heard: before && newest && newest.id !== before.event ? newest : null,
    refused: before && refusal && stampOf(refusal) !== before.refusal ? refusal : null,
    /** Listens from when it is known what was there before. */
    begin: async () => {
      const [seen, refused] = await Promise.all([events.refetch(), hasHook ? refusals.refetch() : null]);
      if (seen.isError || refused?.isError) announce('Listening did not begin: the server did not answer');
      else setBefore({ event: seen.data?.[0]?.id ?? '', refusal: stampOf(refused?.data?.[0]) });
    },
    end: () => setBefore(null),
  };
}

/** A flood of the same refusal is counted on one. */
const stampOf = (delivery: { id: string; times: number } | undefined): string =>
  delivery ? `${delivery.id} ${delivery.times}` : '';
