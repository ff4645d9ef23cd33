import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, unwrap } from './client.js';
import type { JobQuery } from './types.js';

export type JobFilter = Pick<JobQuery, 'status' | 'webhook' | 'start'>;

const LIVE_MS = 3_000;

/** Newest first, kept up to date. */
export function useJobs(filter: JobFilter) {
  return useInfiniteQuery({
    queryKey: ['jobs', 'list', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        client.GET('/app/api/v1/webhookJobs', {
          params: { query: { ...filter, limit: 50, pageToken: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextPageToken ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
}

/** One job with everything that was sent and answered. */
export function useJob(id: string) {
  return useQuery({
    queryKey: ['jobs', 'one', id],
    queryFn: ({ signal }) => unwrap(client.GET('/app/api/v1/webhookJobs/{id}', { params: { path: { id } }, signal })),
    select: ({ webhookJob }) => webhookJob,
    refetchInterval: ({ state }) =>
      ['Queued', 'In Progress'].includes(state.data?.webhookJob.status ?? '') ? LIVE_MS / 2 : false,
  });
}

/** Sends the stored content again, to another address where one is given; or ends what waits. */
export function useChangeJob() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; status: 'Queued' | 'Cancelled'; url?: string }) =>
      unwrap(client.PUT('/app/api/v1/webhookJobs/{id}', { params: { path: { id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

/** The public id of a run, found by the number that a job shows; undefined until it is known. */
export function useRunByNumber(number: number | undefined) {
  return useQuery({
    queryKey: ['runs', 'by-number', number],
    enabled: number !== undefined,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      unwrap(client.GET('/api/v1/runs', { params: { query: { q: String(number), limit: 50 } }, signal })),
    select: ({ data }) => data.find((run) => run.number === number),
  });
}
