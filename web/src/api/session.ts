import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { statusOf } from './api-error.js';
import { client, unwrap } from './client.js';
import type { Me, Role } from './types.js';

export const sessionKey = ['session'] as const;

const RANKS: Role[] = ['sender', 'viewer', 'operator', 'developer', 'administrator'];

/** Whether a role may do what `needed` may; the server decides, this only keeps dead buttons off the page. */
export const roleAllows = (role: Role, needed: Role): boolean => RANKS.indexOf(role) >= RANKS.indexOf(needed);

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    staleTime: Infinity,
    queryFn: async ({ signal }): Promise<Me | null> => {
      try {
        return await unwrap(client.GET('/api/v1/auth/me', { signal }));
      } catch (error) {
        if (statusOf(error) === 401) return null;
        throw error;
      }
    },
  });
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => unwrap(client.POST('/api/v1/auth/sign-in', { body: { key } })),
    // Waited for, so that the button stays busy until the page behind it can be shown.
    onSuccess: () =>
      queries.fetchQuery({
        queryKey: sessionKey,
        staleTime: 0,
        queryFn: () => unwrap(client.GET('/api/v1/auth/me')),
      }),
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(client.POST('/api/v1/auth/sign-out')),
    onSuccess: () => {
      queries.setQueryData(sessionKey, null);
      // What this caller saw is not for the next one.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    },
  });
}
