import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, unwrap } from './client.js';
import type { NewSubscription, SubscriptionChange, SubscriptionEvent } from './types.js';

const key = ['subscriptions'] as const;

export function useSubscriptions() {
  return useQuery({
    queryKey: key,
    refetchInterval: 15_000,
    queryFn: ({ signal }) => unwrap(client.GET('/v4/webhook-subscriptions', { signal })),
    select: ({ subscriptions }) => subscriptions,
  });
}

/** What can be subscribed to. */
export function useSubscriptionEvents() {
  return useQuery({
    queryKey: [...key, 'events'],
    staleTime: Infinity,
    queryFn: ({ signal }) => unwrap(client.GET('/v4/webhook-subscriptions/events', { signal })),
    select: ({ events }) => events,
  });
}

/** Whatever changes subscriptions; the list is read again afterwards. */
function useChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: key, exact: true }) });
}

export const useCreateSubscription = () =>
  useChange((body: NewSubscription) => unwrap(client.POST('/v4/webhook-subscriptions', { body })));

export const useChangeSubscription = () =>
  useChange(({ id, ...body }: SubscriptionChange & { id: string }) =>
    unwrap(client.PATCH('/v4/webhook-subscriptions/{id}', { params: { path: { id } }, body })),
  );

export const useDeleteSubscription = () =>
  useChange((id: string) => unwrap(client.DELETE('/v4/webhook-subscriptions/{id}', { params: { path: { id } } })));

export const useRotateSecret = () =>
  useChange((id: string) =>
    unwrap(client.POST('/v4/webhook-subscriptions/{id}/rotate-secret', { params: { path: { id } } })),
  );

export const useTestSubscription = () =>
  useChange(({ id, eventType }: { id: string; eventType: SubscriptionEvent }) =>
    unwrap(client.POST('/v4/webhook-subscriptions/{id}/test', { params: { path: { id } }, body: { eventType } })),
  );
