import type { Draft } from '../../../flow/draft.js';

export type Tab = 'configure' | 'test' | 'retries' | 'output';

export interface Selection {
  /** Null: nothing is open. */
  step: 'trigger' | (string & {}) | null;
  tab: Tab;
}

/** One thing that was done: its name, and how everything was before it. */
interface Entry {
  label: string;
  draft: Draft;
  selection: Selection;
  merge: string | null;
  at: number;
}

export interface History {
  past: readonly Entry[];
  future: readonly Entry[];
}

export const MOST_ENTRIES = 100;
/** Typing in one field is one thing done until it rests for so long. */
export const MERGE_MS = 600;

export const emptyHistory: History = { past: [], future: [] };

interface Done {
  label: string;
  merge?: string;
  at: number;
}

/** Records that something is about to be done; what had been undone is gone then. */
export function record({ past }: History, draft: Draft, selection: Selection, { label, merge, at }: Done): History {
  const last = past.at(-1);
  if (last && merge !== undefined && last.merge === merge && at - last.at < MERGE_MS) {
    return { past: past.with(-1, { ...last, at }), future: [] };
  }
  const entry: Entry = { label, draft, selection, merge: merge ?? null, at };
  return { past: [...past.slice(1 - MOST_ENTRIES), entry], future: [] };
}

/** The next edit is an entry of its own, whatever its merge key: the field was left. */
export const seal = (history: History): History => {
  const last = history.past.at(-1);
  return last?.merge ? { ...history, past: history.past.with(-1, { ...last, merge: null }) } : history;
};

export interface Stepped {
  history: History;
  label: string;
  draft: Draft;
  selection: Selection;
}

export function stepBack({ past, future }: History, draft: Draft, selection: Selection): Stepped | null {
  const entry = past.at(-1);
  if (!entry) return null;
  const { label } = entry;
  const history = { past: past.slice(0, -1), future: [...future, { ...entry, draft, selection, merge: null }] };
  return { history, label, draft: entry.draft, selection: entry.selection };
}

export function stepForward({ past, future }: History, draft: Draft, selection: Selection): Stepped | null {
  const entry = future.at(-1);
  if (!entry) return null;
  const { label } = entry;
  const history = { past: [...past, { ...entry, draft, selection, merge: null }], future: future.slice(0, -1) };
  return { history, label, draft: entry.draft, selection: entry.selection };
}
