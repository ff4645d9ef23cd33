import { useQuery } from '@tanstack/react-query';
import { client, unwrap } from './client.js';

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

/** The newest events of one type, to choose a sample from; followed while `live`. */
export function useRecentEvents(type: string | null, live: boolean) {
  return useQuery({
    queryKey: ['events', 'recent', type],
    enabled: type !== null,
    refetchInterval: live ? 1_500 : false,
    queryFn: ({ signal }) =>
      unwrap(client.GET('/api/v1/events', { params: { query: { type: type!, limit: 20 } }, signal })),
    select: ({ data }) => data,
  });
}

export function useConnectionChoices() {
  return useQuery({
    queryKey: ['connections', 'choices'],
    staleTime: 10_000,
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/connections', { params: { query: { limit: ALL } }, signal })),
    select: ({ data }) => data,
  });
}
