import type { RefObject } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useShortcut } from './shortcuts.js';

/** The row whose details are open beside the list, and the ways from it; absent where there is no neighbour. */
export interface OpenRow {
  id: string;
  onPrevious?: () => void;
  onNext?: () => void;
  onClose: () => void;
}

/**
 * The row that the address names: `list` is the path of the list, `search` its filter. Its neighbours take its place in
 * the history, so that the browser's own button leads back to the list. A row that is not on the list has none.
 */
export function useOpenRow(list: string, rows: readonly { id: string }[], search = ''): OpenRow | undefined {
  const { id } = useParams();
  const navigate = useNavigate();
  if (id === undefined) return undefined;
  const at = rows.findIndex((row) => row.id === id);
  const goTo = (to: number) => {
    const row = at < 0 ? undefined : rows[to];
    return row && (() => void navigate(`${list}/${row.id}${search}`, { replace: true, preventScrollReset: true }));
  };
  return {
    id,
    onPrevious: goTo(at - 1),
    onNext: goTo(at + 1),
    onClose: () => void navigate(`${list}${search}`),
  };
}

/**
 * J and K move the focus from row to row of a list; Enter is then the row's own link. While the details of a row are
 * open, they go to those of its neighbours instead.
 */
export function useRowKeys(list: RefObject<HTMLElement | null>, open?: OpenRow): void {
  const move = (by: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])];
    const at = rows.findIndex((row) => row.closest('tr')?.contains(document.activeElement));
    const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
    rows[next]?.focus();
    rows[next]?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  };
  useShortcut('j', () => (open ? open.onNext?.() : move(1)));
  useShortcut('k', () => (open ? open.onPrevious?.() : move(-1)));
}
