import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, unwrap } from './client.js';

/** What hook URLs refused, newest first. */
export function useRefusedDeliveries() {
  return useInfiniteQuery({
    queryKey: ['deliveries', 'refused'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        client.GET('/api/v1/hook-deliveries', {
          params: { query: { outcome: 'refused', limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function useDelivery(id: string) {
  return useQuery({
    queryKey: ['deliveries', 'one', id],
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/hook-deliveries/{id}', { params: { path: { id } }, signal })),
  });
}

/** After its secret or its verification was mended. */
export function useCheckDelivery() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(client.POST('/api/v1/hook-deliveries/{id}/check', { params: { path: { id } } })),
    onSuccess: (_checked, id) => queries.invalidateQueries({ queryKey: ['deliveries', 'one', id] }),
  });
}
