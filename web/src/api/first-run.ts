import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, unwrap } from './client.js';
import { putState } from './drafts.js';

const LIVE_MS = 1_500;

/** Where the built-in receiver is; null where this server has none. */
export function useInspectorUrl() {
  return useQuery({
    queryKey: ['inspector'],
    staleTime: Infinity,
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/inspector', { signal })),
    select: ({ url }) => url,
  });
}

/** The event that came in last, of whatever type. */
export function useNewestEvent() {
  return useQuery({
    queryKey: ['events', 'newest'],
    refetchInterval: LIVE_MS,
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/events', { params: { query: { limit: 1 } }, signal })),
    select: ({ data }) => data[0] ?? null,
  });
}

/** The integration that passes this event on; where there is none, the newest that could pass on another. */
export function usePassingOn(eventType: string) {
  return useQuery({
    queryKey: ['integrations', 'passing-on', eventType],
    refetchInterval: LIVE_MS * 2,
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/integrations', { params: { query: { limit: 50 } }, signal })),
    select: ({ data }) => {
      const drawn = data.filter(
        ({ origin, steps, state }) => origin === 'native' && steps.length > 0 && state !== 'archived',
      );
      return drawn.find(({ trigger }) => [trigger.eventType].flat().includes(eventType)) ?? drawn[0] ?? null;
    },
  });
}

/** The newest runs of an integration, as they go on. */
export function useLatestRuns(integrationId: string | null) {
  return useQuery({
    queryKey: ['runs', 'latest', integrationId],
    enabled: integrationId !== null,
    refetchInterval: LIVE_MS,
    queryFn: ({ signal }) => {
      const query = { integrationId: integrationId!, test: 'false', limit: 3 } as const;
      return unwrap(client.GET('/api/v1/runs', { params: { query }, signal }));
    },
    select: ({ data }) => data,
  });
}

export function useTurnOn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => putState(id, { state: 'on' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['integrations'] }),
  });
}
