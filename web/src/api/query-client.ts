import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { statusOf } from './api-error.js';
import { sessionKey } from './session.js';

const RETRIES = 2;

/** A refused call is final; only a server that is away or broken is asked again. */
const worthRetrying = (failures: number, error: unknown): boolean => {
  const status = statusOf(error);
  return failures < RETRIES && (status === 0 || (status !== undefined && status >= 500));
};

/** One client for the page. A 401 from any call means that the session ended: the sign-in page takes over. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (statusOf(error) === 401) queries.setQueryData(sessionKey, null);
  };
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // The server may run on this very machine: "offline" says nothing about it.
      queries: { networkMode: 'always', staleTime: 5_000, retry: worthRetrying },
      mutations: { networkMode: 'always' },
    },
  });
  return queries;
}
