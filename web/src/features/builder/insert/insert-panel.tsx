import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { announce } from '../../../ui/announce.js';
import { IconButton } from '../../../ui/button.js';
import {
  IconAbc,
  IconBraces,
  IconChevronRight,
  IconHash,
  IconList,
  IconMinus,
  IconPaperclip,
  IconPin,
  IconPinFilled,
  IconSearch,
  IconToggleLeft,
  IconX,
} from '../../../ui/icons.js';
import { useFieldScope } from '../fields/field-scope.js';
import { findNodes, type DataGroup, type DataKind, type DataNode } from './data-tree.js';
import { PICKER_ID } from './insert-target.js';
import classes from './insert-panel.module.css';

const ICONS: Record<DataKind, typeof IconAbc> = {
  text: IconAbc,
  number: IconHash,
  'yes-no': IconToggleLeft,
  empty: IconMinus,
  list: IconList,
  object: IconBraces,
  file: IconPaperclip,
};

interface Row {
  node: DataNode;
  group: DataGroup;
  level: number;
  label: string;
  hasChildren: boolean;
  isOpen: boolean;
}

/** Everything that can be put into the field in focus, beside the field and never over it. */
export function InsertPanel({ onClose }: { onClose?: () => void }) {
  const { groups, insert } = useFieldScope();
  const target = useStore(insert, (state) => state.target);
  const pinned = useStore(insert, (state) => state.pinned);
  const [words, setWords] = useState('');
  const [wanted] = useDebouncedValue(words.trim(), 120);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(groups, wanted, opened), [groups, wanted, opened]);
  const focusable = rows.some(({ node }) => node.id === active) ? active : (rows[0]?.node.id ?? null);

  const put = ({ node }: Row) => {
    if (!target) return announce('Choose a field first');
    target.insert(node.source);
    announce(`Inserted ${node.label}${node.shown ? `, sample ${node.shown}` : ''}`);
  };
  const toggle = (id: string, open: boolean) =>
    setOpened((now) => {
      const next = new Set(now);
      if (open) next.add(id);
      else next.delete(id);
      return next;
    });
  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setActive(row.node.id);
    tree.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(row.node.id)}"]`)?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ node }) => node.id === focusable);
    const row = rows[at] as Row | undefined;
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const parent = () => rows.slice(0, at).findLastIndex((each) => each.group === row.group && each.level < row.level);
    const act: Record<string, () => void> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => (row.hasChildren && !row.isOpen ? toggle(row.node.id, true) : row.hasChildren && go(at + 1)),
      ArrowLeft: () => (row.isOpen ? toggle(row.node.id, false) : parent() >= 0 && go(parent())),
      Enter: () => put(row),
      ' ': () => put(row),
      Escape: () => target?.focus(),
    };
    if (!(event.key in act)) return;
    event.preventDefault();
    event.stopPropagation();
    act[event.key]();
  };
  // A field that takes the focus is what the tree belongs to now; what was opened stays open.
  useEffect(() => setActive(null), [groups]);

  return (
    <aside id={PICKER_ID} className={classes.panel} aria-label="Insert data">
      <header className={classes.head}>
        <h2>Insert data</h2>
        <span className={classes.into}>
          {target ? (
            <>
              into <code>{target.name}</code>
            </>
          ) : (
            'choose a field'
          )}
        </span>
        {onClose && (
          <>
            <IconButton
              label={pinned ? 'Let it close by itself' : 'Keep it open'}
              aria-pressed={pinned}
              icon={pinned ? <IconPinFilled size={15} /> : <IconPin size={15} stroke={1.7} />}
              onClick={() => insert.getState().setPinned(!pinned)}
            />
            <IconButton label="Close insert data" icon={<IconX size={16} stroke={1.7} />} onClick={onClose} />
          </>
        )}
      </header>
      <div className={classes.search}>
        <IconSearch size={15} stroke={1.7} aria-hidden />
        <input
          type="search"
          aria-label="Find a field or value"
          placeholder="Find a field or value"
          value={words}
          maxLength={100}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              go(0);
            }
            if (event.key === 'Escape') {
              event.stopPropagation();
              if (words) setWords('');
              else target?.focus();
            }
          }}
        />
      </div>
      <div ref={tree} role="tree" aria-label="Data of earlier steps" className={classes.tree} onKeyDown={onKey}>
        {groups.map((group) => {
          const own = rows.filter((row) => row.group === group);
          if (own.length === 0 && wanted !== '') return null;
          return (
            <div
              key={group.id}
              role="group"
              aria-label={group.badge ? `Step ${group.badge}, ${group.title}` : group.title}
            >
              <p className={classes.group} aria-hidden>
                <span className={classes.badge} data-tone={group.tone}>
                  {group.badge || 'x'}
                </span>
                <span>{group.title}</span>
              </p>
              {group.hint && <p className={classes.hint}>{group.hint}</p>}
              {own.map((row) => (
                <TreeRow
                  key={row.node.id}
                  row={row}
                  isFocusable={row.node.id === focusable}
                  onPut={() => put(row)}
                  onToggle={() => toggle(row.node.id, !row.isOpen)}
                  onFocus={() => setActive(row.node.id)}
                />
              ))}
            </div>
          );
        })}
        {rows.length === 0 && <p className={classes.hint}>Nothing has “{wanted}” in its name or value.</p>}
      </div>
      <footer className={classes.foot} aria-hidden>
        <span>
          <kbd>↑</kbd>
          <kbd>↓</kbd> move
        </span>
        <span>
          <kbd>↵</kbd> insert
        </span>
        <span>
          <kbd>/</kbd> in a field
        </span>
      </footer>
    </aside>
  );
}

interface TreeRowProps {
  row: Row;
  isFocusable: boolean;
  onPut: () => void;
  onToggle: () => void;
  onFocus: () => void;
}

function TreeRow({ row, isFocusable, onPut, onToggle, onFocus }: TreeRowProps) {
  const { node, level, label, hasChildren, isOpen } = row;
  const Icon = ICONS[node.kind];
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-expanded={hasChildren ? isOpen : undefined}
      aria-selected={false}
      tabIndex={isFocusable ? 0 : -1}
      data-node={node.id}
      data-level={Math.min(level, 6)}
      data-grey={node.isGrey || undefined}
      className={classes.row}
      title={node.source}
      onFocus={onFocus}
      // The caret stays in the field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPut}
      draggable
      onDragStart={(event) => event.dataTransfer.setData('text/plain', `{{ ${node.source} }}`)}
    >
      {hasChildren ? (
        <span
          className={classes.twist}
          data-open={isOpen || undefined}
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          <IconChevronRight size={14} stroke={1.7} />
        </span>
      ) : (
        <Icon size={14} stroke={1.7} aria-hidden />
      )}
      <span className={classes.label}>{label}</span> <span className={`${classes.shown} foreign`}>{node.shown}</span>
    </div>
  );
}

function rowsOf(groups: readonly DataGroup[], wanted: string, opened: ReadonlySet<string>): Row[] {
  if (wanted !== '') {
    return findNodes(groups, wanted).map(({ group, node, trail }) => ({
      node,
      group,
      level: 1,
      label: trail,
      hasChildren: false,
      isOpen: false,
    }));
  }
  const rows: Row[] = [];
  const visit = (group: DataGroup, nodes: DataNode[], level: number) => {
    for (const node of nodes) {
      const hasChildren =
        node.kind === 'object' || node.kind === 'list' || node.kind === 'file' ? node.children().length > 0 : false;
      const isOpen = hasChildren && opened.has(node.id);
      rows.push({ node, group, level, label: node.label, hasChildren, isOpen });
      if (isOpen) visit(group, node.children(), level + 1);
    }
  };
  for (const group of groups) visit(group, group.nodes, 1);
  return rows;
}
