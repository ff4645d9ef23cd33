/**
 * Names for the rows of a list whose elements have none, so that a row that moves keeps its editor, its caret and its
 * undo history. An element is followed by identity; one that was changed in place, by its place.
 */
export interface Rows<T> {
  items: readonly T[];
  ids: readonly string[];
}

let made = 0;

export function followRows<T>(before: Rows<T> | null, items: readonly T[]): Rows<T> {
  if (before?.items === items) return before;
  const free = new Map<T, string[]>();
  before?.items.forEach((item, index) => {
    const ids = free.get(item) ?? [];
    free.set(item, [...ids, before.ids[index]]);
  });
  const ids = items.map((item) => free.get(item)?.shift());
  const taken = new Set(ids);
  return {
    items,
    ids: ids.map((id, index) => {
      if (id !== undefined) return id;
      const same = before && before.items.length === items.length ? before.ids[index] : undefined;
      if (same !== undefined && !taken.has(same)) return same;
      return `row-${++made}`;
    }),
  };
}
