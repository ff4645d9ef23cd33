import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, unwrap } from './client.js';

/** Newest first; empty texts filter nothing. */
export function useEvents({ type, q }: { type: string; q: string }) {
  return useInfiniteQuery({
    queryKey: ['events', 'list', type, q],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        client.GET('/api/v1/events', {
          params: { query: { type: type || undefined, q: q || undefined, limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** One event as JSON text: read as text, because numbers in it may have more digits than JavaScript's. */
export function useEventText(id: string | null) {
  return useQuery({
    queryKey: ['events', 'one', id],
    enabled: id !== null,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      unwrap(client.GET('/api/v1/events/{id}', { params: { path: { id: id! } }, parseAs: 'text', signal })),
  });
}

/** The same event to every integration that listens to it now. */
export function useSendAgain() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(client.POST('/api/v1/events/{id}/replay', { params: { path: { id } }, body: {} })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['events'] }),
  });
}

export function useSendEvent() {
  return useMutation({
    mutationFn: (event: { type: string; data: unknown }) => unwrap(client.POST('/api/v1/events', { body: event })),
  });
}
