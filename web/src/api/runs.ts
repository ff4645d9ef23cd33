import { useQuery } from '@tanstack/react-query';
import { statusOf } from './api-error.js';
import { client, unwrap } from './client.js';
import { hasEnded } from './run-list.js';
import type { Run } from './types.js';

const LIVE_MS = 750;

/** One run with its attempts, followed until it has ended. `justSent` forgives a short while in which it is unknown. */
export function useRun(id: string, justSent: boolean) {
  return useQuery({
    queryKey: ['runs', 'one', id],
    queryFn: ({ signal }): Promise<Run> =>
      unwrap(client.GET('/api/v1/runs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && hasEnded(state.data.status) ? false : LIVE_MS),
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

/** The same for the last try of a run that sent anything. */
export async function readLastCurl(id: string): Promise<string> {
  const { steps } = await unwrap(client.GET('/api/v1/runs/{id}', { params: { path: { id } } }));
  const last = steps.flatMap(({ attempts }) => attempts).findLast(({ request }) => request !== null);
  if (!last) throw new Error('Nothing was sent.');
  return readCurl(id, last.id);
}
