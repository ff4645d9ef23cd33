import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import { parseExact } from '../../../ui/exact-json.js';
import type { Draft } from '../../../flow/draft.js';

/** Work that the server has not confirmed yet. */
export interface JournalEntry {
  /** The revision that it was made upon. */
  revision: number;
  draft: Draft;
  /** Milliseconds. */
  at: number;
}

export interface Journal {
  read: (id: string) => Promise<JournalEntry | null>;
  write: (id: string, entry: JournalEntry) => Promise<void>;
  /** Forgets what this page wrote; what another window wrote stays. */
  clear: (id: string) => Promise<void>;
}

interface Stored {
  page: string;
  revision: number;
  /** As JSON text: a number that keeps its digits would lose them in a structured clone. */
  draft: string;
  at: number;
}

/**
 * The journal in the browser's own database. It is a safety net: where the browser forbids it, saving goes on without.
 */
export function openJournal(page: string = crypto.randomUUID()): Journal {
  let store: UseStore | undefined;
  let last: Promise<unknown> = Promise.resolve();
  /** One after another: what is written while an older entry is being cleared must stay. */
  const safely = <T>(work: (opened: UseStore) => Promise<T>): Promise<T | undefined> => {
    const done = last.then(() => work((store ??= createStore('hookline', 'drafts')))).catch(() => undefined);
    last = done;
    return done;
  };
  return {
    read: async (id) => {
      const stored = await safely((opened) => get<Stored>(id, opened));
      return stored ? { ...stored, draft: parseExact(stored.draft) as Draft } : null;
    },
    write: async (id, { revision, draft, at }) => {
      const stored: Stored = { page, revision, draft: JSON.stringify(draft), at };
      await safely((opened) => set(id, stored, opened));
    },
    clear: async (id) => {
      await safely(async (opened) => {
        const stored = await get<Stored>(id, opened);
        if (stored?.page === page) await del(id, opened);
      });
    },
  };
}
