import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, unwrap } from './client.js';
import type { CallbackEvent, CallbacksChange } from './types.js';

const key = ['callbacks'] as const;

/** Null stands for every process, as an absent parameter does. */
const of = (process: string | null) => (process === null ? {} : { processName: process });

/** Which processes call back. */
export function useCallbackSets(enabled: boolean) {
  return useInfiniteQuery({
    queryKey: [...key, 'sets'],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        client.GET('/api/v1/developer/instance-callbacks/processes', {
          params: { query: { cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 10_000,
  });
}

/** The URLs of one process; `undefined` asks for none. */
export function useCallbacks(process: string | null | undefined) {
  return useQuery({
    queryKey: [...key, 'one', process],
    enabled: process !== undefined,
    // Never under the reader's hands: what is edited began with what was read.
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) =>
      unwrap(client.GET('/api/v1/developer/instance-callbacks', { params: { query: of(process ?? null) }, signal })),
  });
}

/** How the last call of each URL ended, followed while it is looked at. */
export function useLastCalls(process: string | null | undefined) {
  return useQuery({
    queryKey: [...key, 'last', process],
    enabled: process !== undefined,
    refetchInterval: 2_000,
    queryFn: ({ signal }) =>
      unwrap(
        client.GET('/api/v1/developer/instance-callbacks/last-calls', {
          params: { query: of(process ?? null) },
          signal,
        }),
      ),
    select: ({ calls }) => calls,
  });
}

export function useSaveCallbacks() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ process, body }: { process: string | null; body: CallbacksChange }) =>
      unwrap(client.PUT('/api/v1/developer/instance-callbacks', { params: { query: of(process) }, body })),
    onSuccess: (saved, { process }) => {
      queries.setQueryData([...key, 'one', process], saved);
      return queries.invalidateQueries({ queryKey: [...key, 'sets'] });
    },
  });
}

/** Calls the stored URLs of an event with sample data. */
export function useTestCallbacks() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ process, event }: { process: string | null; event: CallbackEvent }) =>
      unwrap(
        client.POST('/api/v1/developer/instance-callbacks/test', {
          params: { query: of(process) },
          body: { event },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...key, 'last'] }),
  });
}
