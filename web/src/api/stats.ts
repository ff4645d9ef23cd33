import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, unwrap } from './client.js';
import type { FailingIntegration, RunItem, StatsRange } from './types.js';

const LIVE_MS = 5_000;

/** Counts of a range for the charts; the server keeps them for five seconds, so that asking costs it nothing. */
export function useRunStats(range: StatsRange) {
  return useQuery({
    queryKey: ['stats', range],
    refetchInterval: LIVE_MS,
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/stats', { params: { query: { range } }, signal })),
  });
}

/** A run that succeeded; null where none ever did. */
export function useAnyGoodRun(follow: boolean) {
  return useQuery<RunItem | null>({
    queryKey: ['runs', 'first-good'],
    // It was so once, so it stays so.
    staleTime: ({ state }) => (state.data ? Infinity : 0),
    refetchInterval: ({ state }) => (follow && !state.data ? 1_500 : false),
    queryFn: async ({ signal }) => {
      const query = { status: 'succeeded', test: 'false', limit: 1 } as const;
      const { data } = await unwrap(client.GET('/api/v1/runs', { params: { query }, signal }));
      return data[0] ?? null;
    },
  });
}

const again = (failing: FailingIntegration, from: string, dryRun: boolean) =>
  unwrap(
    client.POST('/api/v1/runs/replay', {
      body: {
        filter: { integrationId: failing.integrationId, status: ['failed'], from, test: false },
        from: 'failed',
        version: 'original',
        includeRepaired: false,
        ratePerSecond: 10,
        dryRun,
      },
    }),
  );

/** How many runs a retry would run again. */
export function useRetryCount(failing: FailingIntegration, from: string) {
  return useQuery({
    queryKey: ['stats', 'retry', failing.integrationId, from],
    gcTime: 0,
    placeholderData: keepPreviousData,
    queryFn: async () => (await again(failing, from, true)).matched,
  });
}

/** Runs what failed since `from` again, each from the step that failed. */
export function useRetryAll(failing: FailingIntegration, from: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => again(failing, from, false),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['stats'] }),
  });
}
