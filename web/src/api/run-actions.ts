import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { statusOf } from './api-error.js';
import { client, unwrap } from './client.js';
import { readIntegration } from './drafts.js';
import type { Run } from './types.js';

export type ReplayVersion = 'original' | 'current' | 'draft';

export interface ReplayOrder {
  from: string;
  version: ReplayVersion;
  /** JSON text in the place of the event's data: as text, because its numbers may have more digits than JavaScript's. */
  dataText?: string;
}

/** Makes a new run that repeats this one; answers its id. */
export function useReplayRun(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ from, version, dataText }: ReplayOrder) =>
      unwrap(
        client.POST('/api/v1/runs/{id}/replay', {
          params: { path: { id } },
          body: { from, version },
          bodySerializer: (body) => {
            const text = JSON.stringify(body);
            return dataText === undefined ? text : `${text.slice(0, -1)},"data":${dataText}}`;
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['runs', 'replays'] }),
  });
}

/** Ends a run that is not over; shows at once how it stands now. */
export function useCancelRun(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(client.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } })),
    onSuccess: (run) => queries.setQueryData(['runs', 'one', id], run),
    // It may have ended meanwhile: then the page should say so.
    onError: () => queries.invalidateQueries({ queryKey: ['runs', 'one', id] }),
  });
}

/** What the run's integration is now; null where it was deleted. */
export function useRunIntegration(run: Run, enabled: boolean) {
  return useQuery({
    queryKey: ['integrations', 'of-run', run.integrationId],
    enabled,
    queryFn: async ({ signal }) => {
      try {
        return await readIntegration(run.integrationId, signal);
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
  });
}

/** Runs that repeat this one with the same event, newest first. */
export function useReplaysOf(run: Run) {
  return useQuery({
    queryKey: ['runs', 'replays', run.id],
    queryFn: async ({ signal }) => {
      const query = { eventId: run.eventId, integrationId: run.integrationId, from: run.createdAt, limit: 50 };
      const { data } = await unwrap(client.GET('/api/v1/runs', { params: { query }, signal }));
      return data.filter(({ replayOf }) => replayOf === run.id);
    },
  });
}
