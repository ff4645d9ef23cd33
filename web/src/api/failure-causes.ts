import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { client, unwrap } from './client.js';

export interface CauseFilter {
  integrationId?: string;
  from?: string;
  to?: string;
}

const REFRESH_MS = 10_000;

/** Why runs failed, the most frequent cause first; of the last seven days where no time is asked for. */
export function useFailureCauses(filter: CauseFilter) {
  return useInfiniteQuery({
    queryKey: ['runs', 'causes', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        client.GET('/api/v1/runs/causes', { params: { query: { ...filter, limit: 50, cursor: pageParam } }, signal }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
}
