import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { statusOf } from './api-error.js';
import { client, unwrap } from './client.js';
import { readIntegration, saveDraft } from './drafts.js';
import type { IntegrationActivity, IntegrationItem, IntegrationQuery, Page } from './types.js';

const REFRESH_MS = 15_000;
const listKey = ['integrations', 'list'] as const;
type Pages = InfiniteData<Page<IntegrationItem>, string | undefined>;

export type IntegrationFilter = Pick<IntegrationQuery, 'state' | 'published' | 'attention' | 'q' | 'sort'>;

export function useIntegrations(filter: IntegrationFilter) {
  return useInfiniteQuery({
    queryKey: [...listKey, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        client.GET('/api/v1/integrations', { params: { query: { ...filter, limit: 50, cursor: pageParam } }, signal }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // A new filter keeps the old rows in sight until its own are there.
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
}

/** How many there are behind each tab. */
export function useIntegrationCounts() {
  return useQuery({
    queryKey: ['integrations', 'counts'],
    queryFn: ({ signal }) => unwrap(client.GET('/api/v1/integrations/counts', { signal })),
    refetchInterval: REFRESH_MS,
  });
}

const ACTIVITY_AT_ONCE = 100;

/** What they did in the last 24 hours, by id; grows as it is read. Rows are shown before it is there. */
export function useIntegrationActivity(ids: string[]): Map<string, IntegrationActivity> {
  const parts = Array.from({ length: Math.ceil(ids.length / ACTIVITY_AT_ONCE) }, (_, part) =>
    ids.slice(part * ACTIVITY_AT_ONCE, (part + 1) * ACTIVITY_AT_ONCE),
  );
  return useQueries({
    queries: parts.map((part) => ({
      queryKey: ['integrations', 'activity', part],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        unwrap(client.GET('/api/v1/integrations/activity', { params: { query: { ids: part.join(',') } }, signal })),
      placeholderData: keepPreviousData,
      refetchInterval: REFRESH_MS,
    })),
    combine: byId,
  });
}

const byId = (answers: { data?: { data: IntegrationActivity[] } }[]): Map<string, IntegrationActivity> =>
  new Map(answers.flatMap(({ data }) => data?.data ?? []).map((activity) => [activity.integrationId, activity]));

/** What an integration is, as `POST /api/v1/integrations` takes it; every digit of its numbers as it was drawn. */
export async function readDefinition(id: string): Promise<string> {
  const { name, description, trigger, steps } = await readIntegration(id);
  return `${JSON.stringify({ name, description, trigger, steps }, null, 2)}\n`;
}

/** Names to choose from in a filter; `q` narrows them on the server. */
export function useIntegrationChoices(q: string, enabled: boolean) {
  return useQuery({
    queryKey: ['integrations', 'choices', q],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(client.GET('/api/v1/integrations', { params: { query: { q: q || undefined, limit: 50 } }, signal })),
  });
}

/** Of one that may be deleted: runs outlive it. */
export function useIntegrationName(id: string | null) {
  return useQuery({
    queryKey: ['integrations', 'name', id],
    enabled: id !== null,
    queryFn: ({ signal }) =>
      unwrap(client.GET('/api/v1/integrations/{id}', { params: { path: { id: id! } }, signal })).then(
        ({ name }) => name,
        (error) => {
          if (statusOf(error) === 404) return 'Deleted integration';
          throw error;
        },
      ),
  });
}

interface Toggle {
  id: string;
  state: 'on' | 'off';
}

/** Shows the new state at once in every list, and the old one again when the server refuses. */
export function useToggleIntegration() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, state }: Toggle) =>
      unwrap(client.PUT('/api/v1/integrations/{id}/state', { params: { path: { id } }, body: { state } })),
    onMutate: async ({ id, state }) => {
      await queries.cancelQueries({ queryKey: listKey });
      const before = queries.getQueriesData<Pages>({ queryKey: listKey });
      queries.setQueriesData<Pages>({ queryKey: listKey }, (pages) => pages && withState(pages, id, { state }));
      return { before };
    },
    onSuccess: async ({ state, version }, { id }) => {
      // What was asked meanwhile may be answered with how it was before.
      await queries.cancelQueries({ queryKey: listKey });
      queries.setQueriesData<Pages>(
        { queryKey: listKey },
        (pages) => pages && withState(pages, id, { state, publishedVersion: version }),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['integrations', 'counts'] }),
    onError: (_error, { id }, context) => {
      const was = context?.before.flatMap(([, pages]) => pages?.pages ?? []).flatMap((page) => page.data);
      const old = was?.find((item) => item.id === id);
      if (!old) return;
      queries.setQueriesData<Pages>(
        { queryKey: listKey },
        (pages) => pages && withState(pages, id, { state: old.state }),
      );
    },
  });
}

const withState = (pages: Pages, id: string, change: Partial<IntegrationItem>): Pages => ({
  ...pages,
  pages: pages.pages.map((page) => ({
    ...page,
    data: page.data.map((item) => (item.id === id ? { ...item, ...change } : item)),
  })),
});

export type RowAction = 'duplicate' | 'archive' | 'unarchive' | 'delete';

const acts: Record<RowAction, (id: string) => Promise<unknown>> = {
  duplicate: (id) => unwrap(client.POST('/api/v1/integrations/{id}/duplicate', { params: { path: { id } } })),
  archive: (id) => unwrap(client.POST('/api/v1/integrations/{id}/archive', { params: { path: { id } } })),
  unarchive: (id) => unwrap(client.POST('/api/v1/integrations/{id}/unarchive', { params: { path: { id } } })),
  delete: (id) => unwrap(client.DELETE('/api/v1/integrations/{id}', { params: { path: { id } } })),
};

/** What the menu of a row does; the lists are read again after it. */
export function useRowAction() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: RowAction }) => acts[action](id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['integrations'] }),
  });
}

/** Refused with 412 where the draft changed since the list was read. */
export function useRenameIntegration() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, revision, name }: { id: string; revision: number; name: string }) =>
      saveDraft(id, revision, { name }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['integrations'] }),
  });
}
