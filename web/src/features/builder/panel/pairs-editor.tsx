import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Pair } from '../../../api/types.js';
import { announce } from '../../../ui/announce.js';
import { IconPaperclip, IconPlus } from '../../../ui/icons.js';
import type { PairPlace } from './effect.js';
import { PairRow } from './pair-row.js';
import { followRows, type Rows } from './row-ids.js';
import classes from './pairs-editor.module.css';

interface PairsEditorProps {
  /** JSON pointer of the list within the step. */
  path: string;
  pairs: readonly Pair[];
  /** One of them: `parameter`, `header`. */
  what: string;
  place: PairPlace;
  omitNulls: boolean;
  readOnly: boolean;
  /** `label` is what undo says; edits with the same `merge` are one. */
  onChange: (label: string, pairs: Pair[], merge?: string) => void;
  aside?: ReactNode;
}

const NO_PAIR: Pair = { key: '', value: '' };

/** Keys and values in order. A new row joins the draft with the first letter of its key. */
export function PairsEditor({ path, pairs, what, place, omitNulls, readOnly, onChange, aside }: PairsEditorProps) {
  const rows = useRef<Rows<Pair> | null>(null);
  rows.current = followRows(rows.current, pairs);
  const [fresh, setFresh] = useState<{ id: string; pair: Pair } | null>(null);
  const latest = useRef({ pairs, fresh, onChange });
  latest.current = { pairs, fresh, onChange };
  const list = useRef<HTMLDivElement>(null);
  const focusAfter = useRef<{ index: number } | null>(null);
  useEffect(() => {
    const after = focusAfter.current;
    focusAfter.current = null;
    if (!after) return;
    const keys = list.current?.querySelectorAll<HTMLElement>('input[aria-label^="Key of"]');
    keys?.[after.index]?.focus();
  }, [pairs]);

  const change = useCallback(
    (index: number, pair: Pair, field: string) => {
      const { pairs: now, fresh: pending, onChange: put } = latest.current;
      if (index < now.length)
        return put(`change ${what} ${now[index].key}`, now.toSpliced(index, 1, pair), `${path}/${index}/${field}`);
      if (pair.key === '') return setFresh((was) => was && { ...was, pair });
      const next = [...now, pair];
      // The row keeps its name, and with it the caret.
      if (pending && rows.current) rows.current = { items: next, ids: [...rows.current.ids, pending.id] };
      setFresh(null);
      put(`add ${what} ${pair.key}`, next, `${path}/${index}/key`);
    },
    [path, what],
  );
  const remove = useCallback(
    (index: number) => {
      const { pairs: now, onChange: put } = latest.current;
      if (index >= now.length) return setFresh(null);
      focusAfter.current = { index: Math.max(0, index - 1) };
      put(`remove ${what} ${now[index].key}`, now.toSpliced(index, 1));
      announce(`Removed ${now[index].key}`);
    },
    [what],
  );
  const move = useCallback(
    (index: number, by: -1 | 1) => {
      const { pairs: now, onChange: put } = latest.current;
      const to = index + by;
      if (to < 0 || to >= now.length) return;
      focusAfter.current = { index: to };
      put(`move ${what} ${now[index].key}`, now.toSpliced(index, 1).toSpliced(to, 0, now[index]));
      announce(`${now[index].key} is number ${to + 1} of ${now.length} now`);
    },
    [what],
  );
  const add = (value: unknown) => setFresh({ id: `new-${Date.now()}`, pair: { ...NO_PAIR, value } });

  const shown = [
    ...rows.current.items.map((pair, index) => ({ pair, id: rows.current!.ids[index], isNew: false })),
    ...(fresh ? [{ ...fresh, isNew: true }] : []),
  ];
  return (
    <div className={classes.editor}>
      {shown.length > 0 && (
        <div ref={list} className={classes.rows}>
          {shown.map(({ pair, id, isNew }, index) => (
            <PairRow
              key={id}
              {...{ path, index, pair, isNew, what, place, omitNulls, readOnly }}
              count={pairs.length}
              onChange={change}
              onRemove={remove}
              onMove={move}
            />
          ))}
        </div>
      )}
      <div className={classes.foot}>
        {!readOnly && (
          <span className={classes.adds}>
            <button type="button" className={classes.add} onClick={() => add('')}>
              <IconPlus size={14} stroke={2} aria-hidden /> {place === 'form-data' ? 'Add text' : `Add ${what}`}
            </button>
            {place === 'form-data' && (
              <button type="button" className={classes.add} onClick={() => add([])}>
                <IconPaperclip size={14} stroke={2} aria-hidden /> Add file
              </button>
            )}
          </span>
        )}
        {aside}
      </div>
    </div>
  );
}
