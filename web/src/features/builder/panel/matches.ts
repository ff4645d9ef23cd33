import type { Pair } from '../../../api/types.js';
import type { DataGroup, DataKind, DataNode } from '../insert/data-tree.js';
import type { PairPlace } from './effect.js';

/** One proposal: a field of the data for a key of the body. Nothing is applied before somebody agrees. */
export interface Match {
  key: string;
  /** Of the row that gets it; null: a new row. */
  row: number | null;
  node: DataNode;
  /** "Vendor › Name", as people find it. */
  trail: string;
  group: DataGroup;
  /** The row's own value, which would go. */
  replaces: string | null;
  /** Proposed with its box ticked: an empty row whose name says it all, or any field where there are no rows yet. */
  isSure: boolean;
}

interface Field {
  node: DataNode;
  group: DataGroup;
  trail: string;
  /** Names from the outermost to its own. */
  names: string[];
}

const MOST_FIELDS = 500;
const DEEPEST = 4;

/** What fits by name and by type: for the rows that hold nothing mapped yet, then for what no row sends. */
export function matchesFor(pairs: readonly Pair[], groups: readonly DataGroup[], place: PairPlace): Match[] {
  const fields = fieldsOf(groups).filter(({ node }) => node.kind !== 'file' || place === 'form-data');
  const used = new Set<DataNode>();
  const forRows = pairs.flatMap((pair, row): Match[] => {
    if (isMapped(pair.value)) return [];
    const best = bestOf(fields, pair);
    if (!best) return [];
    used.add(best.node);
    const isEmpty = pair.value === '' || pair.value === null || pair.value === undefined;
    const replaces = isEmpty ? null : JSON.stringify(pair.value);
    return [{ ...best, key: pair.key, row, replaces, isSure: isEmpty }];
  });
  const keys = new Set(pairs.map(({ key }) => plain(key)));
  const sent = JSON.stringify(pairs.map(({ value }) => value));
  const rest = fields.flatMap((field): Match[] => {
    const key = keyFor(field, place);
    if (used.has(field.node) || field.group.tone !== 'trigger' || field.node.kind === 'object') return [];
    if (keys.has(plain(key)) || sent.includes(field.node.source)) return [];
    keys.add(plain(key));
    return [{ ...field, key, row: null, replaces: null, isSure: pairs.length === 0 }];
  });
  return [...forRows, ...rest];
}

/** The rows with what was agreed to. */
export function withMatches(pairs: readonly Pair[], matches: readonly Match[]): Pair[] {
  const next = [...pairs];
  for (const { row, key, node } of matches) {
    const value = `{{ ${node.source} }}`;
    if (row === null) next.push({ key, value });
    else next[row] = { ...next[row], value };
  }
  return next;
}

/** Their own data: not the status of an answer, nor all of it at once. */
function fieldsOf(groups: readonly DataGroup[]): Field[] {
  const fields: Field[] = [];
  const visit = (group: DataGroup, nodes: DataNode[], above: string[], labels: string[]) => {
    for (const node of nodes) {
      if (fields.length >= MOST_FIELDS || !/^(trigger\.data|steps\.\w+\.body)[.[]/.test(node.source)) continue;
      const names = [...above, nameOf(node)];
      const trail = [...labels, node.label];
      fields.push({ node, group, names, trail: trail.join(' › ') });
      if (node.kind === 'object' && names.length < DEEPEST) visit(group, node.children(), names, trail);
    }
  };
  for (const group of groups) if (group.tone !== 'run') visit(group, group.nodes, [], []);
  return fields;
}

/** The last segment of its path: `trigger.data["cost centre"]` is `cost centre`. */
const nameOf = ({ source }: DataNode): string =>
  /(?:\.(\w+)|\["(.*)"\])$/.exec(source)?.slice(1).find(Boolean) ?? source;

const keyFor = ({ node, names }: Field, place: PairPlace): string => {
  const name = names.at(-1)!;
  return place === 'form-data' && node.kind === 'file' && !name.endsWith('[]') ? `${name}[]` : name;
};

/** `vendor_name`, `vendorName` and `Vendor name` are one name. */
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const isMapped = (value: unknown): boolean => JSON.stringify(value ?? null).includes('{{');

function bestOf(fields: readonly Field[], pair: Pair): Field | undefined {
  const wanted = plain(pair.key);
  if (wanted === '') return undefined;
  const fitting = fields.filter(({ node }) => fits(node.kind, pair.value));
  const scored = fitting
    .map((field) => ({ field, score: scoreOf(field, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  // Two that fit as well as each other: a guess would be one of them.
  if (scored.length > 1 && scored[0].score === scored[1].score && scored[0].score < 4) return undefined;
  return scored[0]?.field;
}

/** Its whole path says it, its own name does, or the key is the end of its path. */
function scoreOf({ names }: Field, wanted: string): number {
  if (names.length === 1 && plain(names[0]) === wanted) return 4;
  if (plain(names.join('')) === wanted) return 3;
  if (plain(names.at(-1)!) === wanted) return 2;
  return wanted.length > 3 && plain(names.join('')).endsWith(wanted) ? 1 : 0;
}

/** Whether a field could stand where a literal of another type stands now. */
function fits(kind: DataKind, value: unknown): boolean {
  if (value === '' || value === null || value === undefined || kind === 'empty') return true;
  if (typeof value === 'number') return kind === 'number';
  if (typeof value === 'boolean') return kind === 'yes-no';
  if (Array.isArray(value)) return kind === 'list' || kind === 'file';
  if (typeof value === 'object') return kind === 'object';
  return kind === 'text' || kind === 'number';
}
