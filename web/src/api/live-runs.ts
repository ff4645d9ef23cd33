import { useDocumentVisibility } from '@mantine/hooks';
import {
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { client, unwrap } from './client.js';
import { hasEnded, rowsOf, settle, takeIn, type RunList, type RunPages } from './run-list.js';
import { followRuns } from './run-stream.js';
import type { RunItem, RunQuery, RunStatus } from './types.js';

export interface RunFilter {
  status?: RunStatus;
  integrationId?: string;
  eventId?: string;
  q?: string;
  code?: RunQuery['code'];
  /** The key of the step where it failed, or waits. */
  atStep?: string;
  /** Of when runs were made; the later end is not included. */
  from?: string;
  to?: string;
}

const PAGE = 50;
const MAX_PAGE = 250;
/** A list that is left alone grows at its top: from here on it begins anew with one page. */
const MAX_ROWS = 300;
const POLL_MS = 3_000;
/** The stream follows the newest 500 runs: older ones that are under way are asked for now and then. */
const OLD_RUNS_EVERY = 5;

const NOTHING: Pick<RunList, 'fresh' | 'overflow'> = { fresh: [], overflow: false };

const read = (query: RunQuery, signal: AbortSignal) =>
  unwrap(client.GET('/api/v1/runs', { params: { query }, signal }));

/**
 * The run list, kept up to date: by the stream, and by asking while there is none. Rows change in their places. New
 * ones come in at once, unless `isHeld` says that somebody is at work in the list: then they wait for `showNew`, or for
 * `release` to find nobody there.
 */
export function useLiveRuns(filter: RunFilter, isHeld: () => boolean) {
  const queries = useQueryClient();
  const visible = useDocumentVisibility() === 'visible';
  const [lost, setLost] = useState(false);
  const startingOver = useRef(false);
  const listKey = ['runs', 'list', filter];
  const waitingKey = ['runs', 'waiting-to-show', filter];

  const options = infiniteQueryOptions({
    queryKey: listKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => read({ ...filter, limit: PAGE, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: Infinity,
  });
  const query = useInfiniteQuery({ ...options, placeholderData: keepPreviousData });
  const waiting = useQuery({ queryKey: waitingKey, queryFn: () => NOTHING, initialData: NOTHING, staleTime: Infinity });

  const fits = (run: RunItem): boolean =>
    (!filter.status || run.status === filter.status) &&
    (!filter.code || run.error?.code === filter.code) &&
    (!filter.atStep || run.atStep?.key === filter.atStep) &&
    (!filter.from || Date.parse(run.createdAt) >= Date.parse(filter.from)) &&
    (!filter.to || Date.parse(run.createdAt) < Date.parse(filter.to));
  const show = ({ pages, ...rest }: RunList) => {
    queries.setQueryData<RunPages>(listKey, pages);
    queries.setQueryData(waitingKey, rest.fresh.length > 0 || rest.overflow ? rest : NOTHING);
  };
  const current = (): RunList | null => {
    const pages = queries.getQueryData<RunPages>(listKey);
    return pages ? { pages, ...(queries.getQueryData<typeof NOTHING>(waitingKey) ?? NOTHING) } : null;
  };
  const readNewest = () =>
    queries.fetchQuery({
      queryKey: ['runs', 'newest', filter],
      queryFn: ({ signal }) => read({ ...filter, limit: PAGE }, signal),
      gcTime: 0,
      staleTime: 0,
      retry: false,
    });

  const startOver = async () => {
    if (startingOver.current) return;
    startingOver.current = true;
    try {
      const page = await readNewest();
      show({ pages: { pages: [page], pageParams: [undefined] }, ...NOTHING });
    } finally {
      startingOver.current = false;
    }
  };
  const showNew = async () => {
    const list = current();
    if (!list) return;
    if (list.overflow || rowsOf(list.pages).length + list.fresh.length > MAX_ROWS) await startOver();
    else show(settle(list, fits));
  };
  const release = () => {
    if ((waiting.data.fresh.length > 0 || waiting.data.overflow) && !isHeld()) void showNew().catch(() => {});
  };
  const take = (told: RunItem[], more: boolean) => {
    const list = current();
    if (!list) return;
    const next = takeIn(list, told, fits);
    show({ ...next, overflow: next.overflow || more });
    if (!isHeld()) void showNew().catch(() => {});
  };

  /** What is true now, of the newest page and of every run on the pages that was under way. */
  const sync = async (signal: AbortSignal) => {
    await queries.fetchInfiniteQuery(options);
    const newest = await readNewest();
    const known = new Set(newest.data.map(({ id }) => id));
    const rows = rowsOf(current()?.pages);
    const older = rows.filter((run) => !hasEnded(run.status) && !known.has(run.id));
    const followed = older.length > 0 ? await readThese(older, filter, signal) : [];
    const oldest = newest.data.at(-1);
    const gap = newest.nextCursor !== null && oldest !== undefined && rows.length > 0 && oldest.id > rows[0].id;
    take([...followed, ...newest.data], gap);
  };

  const onTake = useEffectEvent(take);
  const onSync = useEffectEvent(sync);
  const filterText = JSON.stringify(filter);
  useEffect(() => {
    // A page that nobody sees is told nothing: browsers allow few connections to one server.
    if (!visible) return;
    const stop = new AbortController();
    const { status, integrationId, eventId, q } = JSON.parse(filterText) as RunFilter;
    let ready = false;
    let behind = true;
    let ticks = 0;
    const catchUp = async () => {
      try {
        await onSync(stop.signal);
        behind = !ready;
        if (!stop.signal.aborted) setLost(false);
      } catch {
        if (!stop.signal.aborted) setLost(true);
      }
    };
    const unfollow = followRuns(
      { status, integrationId, eventId, q },
      {
        onReady: () => {
          ready = true;
          void catchUp();
        },
        onRuns: (runs, more) => onTake(runs, more),
        onLost: () => {
          ready = false;
          behind = true;
        },
      },
    );
    const timer = setInterval(() => {
      ticks += 1;
      if (behind || ticks % OLD_RUNS_EVERY === 0) void catchUp();
    }, POLL_MS);
    return () => {
      stop.abort();
      unfollow();
      clearInterval(timer);
    };
  }, [filterText, visible]);

  const rows = rowsOf(query.data);
  const shown = new Set(rows.map(({ id }) => id));
  const arrived = waiting.data.fresh.filter(({ id }) => !shown.has(id)).length;
  return { query, rows, arrived, overflow: waiting.data.overflow, lost, showNew, release };
}

/** One question for all of them, by their times. Those that it does not reach stay as they are known. */
async function readThese(runs: RunItem[], filter: RunFilter, signal: AbortSignal): Promise<RunItem[]> {
  const times = runs.map((run) => Date.parse(run.createdAt));
  const { integrationId, eventId } = filter;
  const from = new Date(Math.min(...times)).toISOString();
  const to = new Date(Math.max(...times) + 1).toISOString();
  const wanted = new Set(runs.map(({ id }) => id));
  const { data } = await read({ integrationId, eventId, from, to, limit: MAX_PAGE }, signal);
  return data.filter(({ id }) => wanted.has(id));
}
