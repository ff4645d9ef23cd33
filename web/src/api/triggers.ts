import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { parseExact } from '../ui/exact-json.js';
import { client, unwrap } from './client.js';
import type { Integration } from './types.js';

/** When a schedule would fire, and what keeps it from that: by the server, which will fire it. */
export function useSchedulePreview(cron: string, timezone: string) {
  return useQuery({
    queryKey: ['schedules', 'preview', cron, timezone],
    staleTime: 20_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(client.GET('/api/v1/schedules/preview', { params: { query: { cron, timezone } }, signal })),
  });
}

/** Replaces the hook URL; the old one goes on for so long. */
export const rotateHookUrl = (id: string, overlapSeconds: number): Promise<Integration> =>
  unwrap(
    client.POST('/api/v1/integrations/{id}/hook/rotate', {
      params: { path: { id } },
      body: { overlapSeconds },
      parseAs: 'text',
    }),
  ).then((text) => parseExact(text) as Integration);

/** The newest calls to the hook URL of an integration that were refused; followed while `live`. */
export function useRefusedDeliveries(integrationId: string, live: boolean) {
  return useQuery({
    queryKey: ['hook-deliveries', integrationId],
    enabled: live,
    refetchInterval: live ? 1_500 : false,
    queryFn: ({ signal }) =>
      unwrap(
        client.GET('/api/v1/hook-deliveries', {
          params: { query: { integrationId, outcome: 'refused', limit: 5 } },
          signal,
        }),
      ),
    select: ({ data }) => data,
  });
}
