import { humanName } from '../../../mapping/pill.js';
import { pathText, type PathStep } from '../../../mapping/template.js';
import { isRawNumber } from '../../../ui/exact-json.js';

export type DataKind = 'text' | 'number' | 'yes-no' | 'empty' | 'list' | 'object' | 'file';

/** One thing that can be inserted. Children are made when they are asked for: a sample may hold thousands. */
export interface DataNode {
  /** Unique in its tree. */
  id: string;
  /** The expression to insert: a plain path, or CEL for a field of all items. */
  source: string;
  label: string;
  kind: DataKind;
  /** The value of the sample in a few characters; empty where there is none yet. */
  shown: string;
  /** No sample: known by the schema only. */
  isGrey: boolean;
  children: () => DataNode[];
}

export interface DataGroup {
  id: string;
  /** Number of the step, or empty. */
  badge: string;
  title: string;
  tone: 'trigger' | 'step' | 'run';
  /** Said where there are no values. */
  hint: string;
  nodes: DataNode[];
}

const MOST_CHILDREN = 200;
const MOST_SHOWN = 60;

/** The members of a value, each a node; lists come in words. */
export function nodesOf(value: unknown, path: readonly PathStep[], isGrey = false): DataNode[] {
  if (Array.isArray(value)) return listNodes(value, path, isGrey);
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return [];
  return Object.entries(value)
    .slice(0, MOST_CHILDREN)
    .flatMap(([key, member]) => nodeOf([...path, key], humanName(key), member, isGrey));
}

export function nodeOf(path: readonly PathStep[], label: string, value: unknown, isGrey = false): DataNode[] {
  const source = pathText(path);
  if (source === null) return [];
  return [
    {
      id: source,
      source,
      label,
      kind: kindOf(value),
      shown: isGrey ? '' : shownOf(value),
      isGrey,
      children: () => nodesOf(value, path, isGrey),
    },
  ];
}

/** What people mean by a list: its first item, all of it, or one field of each item. */
function listNodes(list: unknown[], path: readonly PathStep[], isGrey: boolean): DataNode[] {
  const source = pathText(path);
  if (source === null || list.length === 0) return [];
  const all: DataNode = {
    id: `${source}[all]`,
    source,
    label: 'All items as a list',
    kind: 'list',
    shown: isGrey ? '' : shownOf(list),
    isGrey,
    children: () => eachNodes(list[0], source, isGrey),
  };
  return [
    ...nodeOf([...path, 0], 'First item', list[0], isGrey),
    all,
    ...(list.length > 1 ? nodeOf([...path, 1], 'Second item', list[1], isGrey) : []),
  ];
}

/** `Name of all items`: a list of the same field of each. */
function eachNodes(item: unknown, list: string, isGrey: boolean): DataNode[] {
  if (typeof item !== 'object' || item === null || Array.isArray(item) || isRawNumber(item)) return [];
  return Object.keys(item)
    .slice(0, MOST_CHILDREN)
    .filter((key) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
    .map((key) => ({
      id: `${list}[all].${key}`,
      source: `${list}.map(item, item.${key})`,
      label: `${humanName(key)} of all items`,
      kind: 'list',
      shown: '',
      isGrey,
      children: () => [],
    }));
}

function kindOf(value: unknown): DataKind {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return value.length > 0 && value.every(isFile) ? 'file' : 'list';
  if (typeof value === 'number' || isRawNumber(value)) return 'number';
  if (typeof value === 'boolean') return 'yes-no';
  if (typeof value === 'string') return 'text';
  return isFile(value) ? 'file' : 'object';
}

export function isFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value).sort().join();
  return keys === 'fileId' || keys === 'filename,url';
}

export function shownOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (value === '') return 'empty text';
  if (Array.isArray(value)) {
    const what = value.length > 0 && value.every(isFile) ? 'file' : 'item';
    return `${value.length} ${what}${value.length === 1 ? '' : 's'}`;
  }
  if (isRawNumber(value)) return value.rawJSON;
  if (typeof value === 'object') return isFile(value) ? 'file' : '';
  return `${value as string | number | boolean}`.slice(0, MOST_SHOWN);
}

/** Every node of the groups that has the words in its name, path or value, at most so many; parents count as well. */
export function findNodes(
  groups: readonly DataGroup[],
  words: string,
  most = 60,
): { group: DataGroup; node: DataNode; trail: string }[] {
  const wanted = words.trim().toLowerCase().split(/\s+/);
  const found: { group: DataGroup; node: DataNode; trail: string }[] = [];
  let looked = 0;
  const visit = (group: DataGroup, nodes: DataNode[], trail: string) => {
    for (const node of nodes) {
      // A sample may be large: what is so deep in it is found by opening it.
      if (found.length >= most || ++looked > 5_000) return;
      const named = trail === '' ? node.label : `${trail} › ${node.label}`;
      const text = `${group.title} ${named} ${node.source} ${node.shown}`.toLowerCase();
      if (wanted.every((word) => text.includes(word))) found.push({ group, node, trail: named });
      visit(group, node.children(), named);
    }
  };
  for (const group of groups) visit(group, group.nodes, '');
  return found;
}
