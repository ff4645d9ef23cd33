import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, unwrap } from './client.js';
import type { Connection, ConnectionPatch, NewConnection } from './types.js';

const PAGE = 50;
const key = ['connections'] as const;
const oneKey = (id: string | null) => [...key, 'one', id] as const;
const path = (id: string) => ({ params: { path: { id } } });

export function useConnections() {
  return useInfiniteQuery({
    queryKey: [...key, 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(client.GET('/api/v1/connections', { params: { query: { limit: PAGE, cursor: pageParam } }, signal })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 15_000,
  });
}

/** @param followMs how often it is read again; left out: only when something here changed it. */
export function useConnection(id: string | null, followMs?: number) {
  return useQuery({
    queryKey: oneKey(id),
    enabled: id !== null,
    refetchInterval: followMs,
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/connections/{id}', { ...path(id!), signal })),
  });
}

/** Where a provider sends people back to: it never changes while the program runs. */
export function useCallbackUrl() {
  return useQuery({
    queryKey: ['oauth', 'callback-url'],
    staleTime: Infinity,
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/oauth/callback-url', { signal })),
    select: ({ callbackUrl }) => callbackUrl,
  });
}

export type ConnectionChange = { id: null; connection: NewConnection } | { id: string; patch: ConnectionPatch };

/** Makes one, or changes one. */
export function useSaveConnection() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ConnectionChange): Promise<Connection> =>
      change.id === null
        ? unwrap(client.POST('/api/v1/connections', { body: change.connection }))
        : unwrap(client.PATCH('/api/v1/connections/{id}', { ...path(change.id), body: change.patch })),
    onSuccess: (saved) => {
      queries.setQueryData(oneKey(saved.id), saved);
      // Waited for: who makes one to choose it finds it among the choices then.
      return queries.invalidateQueries({ queryKey: key });
    },
  });
}

export function useDeleteConnection() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(client.DELETE('/api/v1/connections/{id}', path(id))),
    onSuccess: (_nothing, id) => {
      queries.removeQueries({ queryKey: oneKey(id) });
      void queries.invalidateQueries({ queryKey: [...key, 'list'] });
      void queries.invalidateQueries({ queryKey: [...key, 'choices'] });
    },
  });
}

/** A GET that signs in with it; what came of it is in the answer, also where the call failed. */
export function useTestConnection(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (url: string) => unwrap(client.POST('/api/v1/connections/{id}/test', { ...path(id), body: { url } })),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
}

/** The address at which the person signs in. */
export const beginSignIn = async (id: string): Promise<string> =>
  (await unwrap(client.POST('/api/v1/connections/{id}/authorize', path(id)))).authorizationUrl;

/** For who waits for a change that was made elsewhere. */
export function useReadConnection() {
  const queries = useQueryClient();
  return async (id: string): Promise<Connection> => {
    const read = await unwrap(client.GET('/api/v1/connections/{id}', path(id)));
    queries.setQueryData(oneKey(id), read);
    return read;
  };
}
