import type { InfiniteData } from '@tanstack/react-query';
import type { Page, RunItem, RunStatus } from './types.js';

export type RunPages = InfiniteData<Page<RunItem>, string | undefined>;

/** A list of runs, newest first, and what came in since and waits until it may be shown. */
export interface RunList {
  pages: RunPages;
  /** Newest first; fits the filter and is not on the pages. */
  fresh: RunItem[];
  /** More came in than `fresh` holds: the list has to be read anew to show them. */
  overflow: boolean;
}

const ENDED: RunStatus[] = ['succeeded', 'failed', 'canceled'];
export const hasEnded = (status: RunStatus): boolean => ENDED.includes(status);

/** So many wait at most; a reader who wants to see more of them reads the list anew. */
export const MAX_FRESH = 50;

export const rowsOf = (pages: Pick<RunPages, 'pages'> | undefined): RunItem[] =>
  pages?.pages.flatMap(({ data }) => data) ?? [];

/**
 * What is told of runs: those on the pages change in their places, others wait. One that is older than all of the pages
 * belongs further down, where nothing was read yet. Ids are UUIDv7 in order-keeping base32: later ones compare greater.
 */
export function takeIn(list: RunList, told: RunItem[], fits: (run: RunItem) => boolean): RunList {
  const today = new Map(told.map((run) => [run.id, run]));
  const shown = new Set(rowsOf(list.pages).map(({ id }) => id));
  const last = list.pages.pages.at(-1);
  const oldest = last?.nextCursor ? (rowsOf(list.pages).at(-1)?.id ?? '') : '';
  const waiting = new Map(list.fresh.map((run) => [run.id, run]));
  for (const run of today.values()) {
    if (shown.has(run.id) || run.id < oldest) continue;
    if (fits(run)) waiting.set(run.id, run);
    else waiting.delete(run.id);
  }
  const fresh = [...waiting.values()].sort(newestFirst);
  // What is over stays over: an answer may be older than what the stream told meanwhile.
  const asToday = (run: RunItem) => (hasEnded(run.status) ? run : (today.get(run.id) ?? run));
  return {
    pages: told.some(({ id }) => shown.has(id)) ? mapRows(list.pages, (rows) => rows.map(asToday)) : list.pages,
    fresh: fresh.slice(0, MAX_FRESH),
    overflow: list.overflow || fresh.length > MAX_FRESH,
  };
}

/** Shows what waited, each in its place, and lets go of rows that no longer fit. */
export function settle(list: RunList, fits: (run: RunItem) => boolean): RunList {
  const kept = rowsOf(list.pages).filter(fits);
  const all = new Map([...list.fresh, ...kept].map((run) => [run.id, run]));
  const rows = [...all.values()].sort(newestFirst);
  // The first page takes in all of them: where a page begins matters to nobody who reads.
  return {
    pages: mapRows(list.pages, (_rows, index) => (index === 0 ? rows : [])),
    fresh: [],
    overflow: list.overflow,
  };
}

const newestFirst = (a: RunItem, b: RunItem): number => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

const mapRows = (pages: RunPages, map: (rows: RunItem[], index: number) => RunItem[]): RunPages => ({
  ...pages,
  pages: pages.pages.map((page, index) => ({ ...page, data: map(page.data, index) })),
});
