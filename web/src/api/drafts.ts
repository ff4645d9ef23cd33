import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, unwrap } from './client.js';
import { parseExact } from '../ui/exact-json.js';
import type { Integration, NewIntegration } from './types.js';

export type DraftChange = Partial<Pick<Integration, 'name' | 'description' | 'trigger' | 'steps'>>;

const asIntegration = (text: string): Integration => parseExact(text) as Integration;

/** An integration with its draft, every number of it with all of its digits. */
export const readIntegration = (id: string, signal?: AbortSignal): Promise<Integration> =>
  unwrap(client.GET('/api/v1/integrations/{id}', { params: { path: { id } }, parseAs: 'text', signal })).then(
    asIntegration,
  );

/** Read once, when the builder opens it: from then on the draft store knows better. */
export function useOpenedIntegration(id: string) {
  return useQuery({
    queryKey: ['integrations', 'opened', id],
    queryFn: ({ signal }) => readIntegration(id, signal),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** Saves the named parts of a draft. Refused with 412 where it is no longer at `revision`. */
export const saveDraft = (id: string, revision: number, change: DraftChange): Promise<Integration> =>
  unwrap(
    client.PATCH('/api/v1/integrations/{id}', {
      params: { path: { id } },
      headers: { 'If-Match': `"${revision}"` },
      body: change as never,
      parseAs: 'text',
    }),
  ).then(asIntegration);

export function useCreateIntegration() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (made: NewIntegration) =>
      unwrap(client.POST('/api/v1/integrations', { body: made as never, parseAs: 'text' })).then(asIntegration),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['integrations', 'list'] }),
  });
}

export interface StateChange {
  state: 'on' | 'off';
  held?: 'run' | 'discard' | 'keep';
}

export const putState = (id: string, change: StateChange) =>
  unwrap(
    client.PUT('/api/v1/integrations/{id}/state', {
      params: { path: { id } },
      body: { held: 'keep', ...change },
    }),
  );

export const publishDraft = (id: string, note: string) =>
  unwrap(client.POST('/api/v1/integrations/{id}/publish', { params: { path: { id } }, body: { note } }));
