import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, unwrap } from './client.js';
import type { EventType, NewEventType } from './types.js';

const ALL = 250;

/** Integrations that listen to a type, among the newest 250. */
export function useListeners(type: string) {
  return useQuery({
    queryKey: ['integrations', 'listeners'],
    staleTime: 30_000,
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/integrations', { params: { query: { limit: ALL } }, signal })),
    select: ({ data }) => data.filter(({ trigger }) => [trigger.eventType].flat().includes(type)),
  });
}

export function useCreateEventType() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewEventType) => unwrap(client.POST('/api/v1/event-types', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['event-types'] }),
  });
}

/** How strictly data is judged by the schema. */
export function useChangeValidation() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, validation }: Pick<EventType, 'name' | 'validation'>) =>
      unwrap(client.PATCH('/api/v1/event-types/{name}', { params: { path: { name } }, body: { validation } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['event-types'] }),
  });
}

export function useDeleteEventType() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => unwrap(client.DELETE('/api/v1/event-types/{name}', { params: { path: { name } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['event-types'] }),
  });
}
