import { useQuery } from '@tanstack/react-query';
import { client, unwrap } from './client.js';
import type { EventItem } from './types.js';

const ALL = 250;
const SELDOM = 60_000;

/** The outside systems with what starts integrations and what can be called. */
export function useConnectors() {
  return useQuery({
    queryKey: ['connectors'],
    staleTime: SELDOM,
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/connectors', { params: { query: { limit: ALL } }, signal })),
    select: ({ data }) => data,
  });
}

export function useEventTypes() {
  return useQuery({
    queryKey: ['event-types'],
    staleTime: SELDOM,
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/event-types', { params: { query: { limit: ALL } }, signal })),
    select: ({ data }) => data,
  });
}

/** One type with its schema and sample, where it has them. */
export function useEventType(name: string | null) {
  return useQuery({
    queryKey: ['event-types', name],
    enabled: name !== null,
    staleTime: SELDOM,
    queryFn: ({ signal }) =>
      unwrap(client.GET('/api/v1/event-types/{name}', { params: { path: { name: name! } }, signal })),
  });
}

/** Which events could be a sample: of some types, of one source; or those that runs of an integration were made of. */
export type EventsWanted = { types: string[]; source?: string } | { runsOf: string };
export type RecentEvent = Pick<EventItem, 'id' | 'subject' | 'receivedAt'>;

const MOST_RECENT = 20;
/** Of a trigger that listens to more, the first ones count. */
const MOST_TYPES = 5;

/** The newest of them, to choose a sample from; followed while `live`. */
export function useRecentEvents(wanted: EventsWanted | null, live: boolean) {
  return useQuery({
    queryKey: ['events', 'recent', wanted],
    enabled: wanted !== null && !('types' in wanted && wanted.types.length === 0),
    refetchInterval: live ? 1_500 : false,
    queryFn: ({ signal }) => ('runsOf' in wanted! ? eventsOfRuns(wanted.runsOf, signal) : eventsOf(wanted!, signal)),
  });
}

async function eventsOf(
  { types, source }: Extract<EventsWanted, { types: string[] }>,
  signal: AbortSignal,
): Promise<RecentEvent[]> {
  const lists = await Promise.all(
    types.slice(0, MOST_TYPES).map(async (type) => {
      const query = { type, source, limit: MOST_RECENT };
      return (await unwrap(client.GET('/api/v1/events', { params: { query }, signal }))).data;
    }),
  );
  return lists
    .flat()
    .sort((one, other) => other.receivedAt.localeCompare(one.receivedAt))
    .slice(0, MOST_RECENT);
}

async function eventsOfRuns(integrationId: string, signal: AbortSignal): Promise<RecentEvent[]> {
  const query = { integrationId, limit: MOST_RECENT };
  const { data } = await unwrap(client.GET('/api/v1/runs', { params: { query }, signal }));
  const events = data.map(({ eventId, createdAt }) => ({ id: eventId, subject: null, receivedAt: createdAt }));
  return events.filter(({ id }, at) => events.findIndex((each) => each.id === id) === at);
}

export function useConnectionChoices() {
  return useQuery({
    queryKey: ['connections', 'choices'],
    staleTime: 10_000,
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/connections', { params: { query: { limit: ALL } }, signal })),
    select: ({ data }) => data,
  });
}
