import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { statusOf } from './api-error.js';
import { client, unwrap } from './client.js';
import type { Page, Run, RunItem, RunQuery, RunStatus } from './types.js';

export type RunFilter = Pick<RunQuery, 'status' | 'integrationId' | 'eventId'>;

const PAGE = 50;
const MAX_PAGE = 250;
const LIVE_MS = 1_500;
const ENDED: RunStatus[] = ['succeeded', 'failed', 'canceled'];

export const hasEnded = (status: RunStatus): boolean => ENDED.includes(status);

const read = (query: RunQuery, signal: AbortSignal) =>
  unwrap(client.GET('/api/v1/runs', { params: { query }, signal }));

/** The runs as they were when the list was opened or last brought up to date; the two hooks below say what changed. */
export function useRuns(filter: RunFilter) {
  const queries = useQueryClient();
  const queryKey = ['runs', 'list', filter];
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => read({ ...filter, limit: PAGE, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const startFrom = (page: Page<RunItem>) => queries.setQueryData(queryKey, { pages: [page], pageParams: [undefined] });
  return { ...query, startFrom };
}

/** The newest runs, asked for again and again while the page is visible. */
export function useNewestRuns(filter: RunFilter) {
  return useQuery({
    queryKey: ['runs', 'newest', filter],
    queryFn: ({ signal }) => read({ ...filter, limit: PAGE }, signal),
    refetchInterval: LIVE_MS,
  });
}

/** Follows rows that have not ended and are no longer among the newest: one question for all of them, by their times. */
export function useOlderLiveRuns(filter: RunFilter, rows: RunItem[]) {
  const times = rows.map((row) => Date.parse(row.createdAt));
  const from = new Date(Math.min(...times, Date.now())).toISOString();
  const to = new Date(Math.max(...times, 0) + 1).toISOString();
  const { integrationId, eventId } = filter;
  return useQuery({
    queryKey: ['runs', 'older-live', integrationId, eventId, rows.map((row) => row.id)],
    enabled: rows.length > 0,
    queryFn: ({ signal }) => read({ integrationId, eventId, from, to, limit: MAX_PAGE }, signal),
    refetchInterval: LIVE_MS * 2,
    placeholderData: keepPreviousData,
  });
}

/** One run with its attempts, followed until it has ended. `justSent` forgives a short while in which it is unknown. */
export function useRun(id: string, justSent: boolean) {
  return useQuery({
    queryKey: ['runs', 'one', id],
    queryFn: ({ signal }): Promise<Run> =>
      unwrap(client.GET('/api/v1/runs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && hasEnded(state.data.status) ? false : LIVE_MS / 2),
    retry: (failures, error) => {
      const status = statusOf(error);
      if (status === 404) return justSent && failures < 5;
      return status !== undefined && (status === 0 || status >= 500) && failures < 2;
    },
    retryDelay: (failures) => (justSent ? 300 : 1_000 * 2 ** failures),
  });
}

/** The command that sends what this try sent; refused for one that sent nothing. */
export const readCurl = (id: string, attemptId: string): Promise<string> =>
  unwrap(
    client.GET('/api/v1/runs/{id}/attempts/{attemptId}/curl', {
      params: { path: { id, attemptId } },
      parseAs: 'text',
    }),
  );
