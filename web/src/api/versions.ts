import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { parseExact } from '../ui/exact-json.js';
import { client, unwrap } from './client.js';
import type { Integration, Version } from './types.js';

/** A published version never changes: read once. */
export const useVersion = (id: string, number: number | null) => useQuery(versionQuery(id, number));

export const useVersionSteps = (id: string, number: number | null) =>
  useQuery({ ...versionQuery(id, number), select: ({ steps }) => steps });

const versionQuery = (id: string, number: number | null) => ({
  queryKey: ['integrations', 'version', id, number],
  enabled: number !== null,
  staleTime: Infinity,
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    unwrap(
      client.GET('/api/v1/integrations/{id}/versions/{n}', {
        params: { path: { id, n: number! } },
        parseAs: 'text',
        signal,
      }),
    ).then((text) => parseExact(text) as Version),
});

export function useVersions(id: string) {
  return useInfiniteQuery({
    queryKey: ['integrations', 'versions', id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        client.GET('/api/v1/integrations/{id}/versions', {
          params: { path: { id }, query: { limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** Makes a version the draft again; what runs stays what it is. */
export const restoreVersion = (id: string, number: number): Promise<Integration> =>
  unwrap(
    client.POST('/api/v1/integrations/{id}/versions/{n}/restore', {
      params: { path: { id, n: number } },
      parseAs: 'text',
    }),
  ).then((text) => parseExact(text) as Integration);
