import { reasonOf, statusOf } from '../../../api/api-error.js';
import type { DraftChange } from '../../../api/drafts.js';
import type { Integration } from '../../../api/types.js';
import { draftOf, sameContent, type Draft } from '../../../flow/draft.js';
import type { DraftStore, SaveStatus } from './draft-store.js';
import type { Journal, JournalEntry } from './journal.js';

export const SAVE_AFTER_MS = 600;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export interface AutosavePorts {
  save: (id: string, revision: number, change: DraftChange) => Promise<Integration>;
  read: (id: string) => Promise<Integration>;
  journal: Journal;
  /** The session ended: nothing can be saved before somebody signs in again. */
  onSignedOut: () => void;
}

export interface Autosave {
  /** Saves now what is not saved yet; whether the server has everything then. */
  flush: () => Promise<boolean>;
  /** The server made another draft of it for us: one edit, which can be undone. */
  adopt: (label: string, integration: Integration) => void;
  /** Goes on from somebody else's draft; one's own changes are given up. */
  takeTheirs: (theirs: Integration) => void;
  stop: () => void;
}

/**
 * Brings every edit of the store to the server, 600 ms after the last one, and into the journal at once. Says "saved"
 * only when the server has confirmed the very draft that is shown.
 * @param left what an earlier page left in the journal
 */
export function startAutosave(store: DraftStore, ports: AutosavePorts, left: JournalEntry | null): Autosave {
  const { id } = store.getState().integration;
  let confirmed: Draft = draftOf(store.getState().integration);
  /** The revision that the draft is made upon: in a conflict an older one than the server's. */
  let base = store.getState().integration.revision;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay: Promise<void> | null = null;
  let failures = 0;
  let stopped = false;

  const say = (save: SaveStatus) => store.setState({ save });
  const pending = () => store.getState().draft !== confirmed;
  const inConflict = () => store.getState().save.state === 'conflict';

  function later(ms: number): void {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void saveNow(), ms);
  }

  const note = (draft: Draft) => void ports.journal.write(id, { revision: base, draft, at: Date.now() });

  function noteChange(draft: Draft): void {
    if (inConflict()) return note(draft);
    if (!underWay && sameContent(draft, confirmed)) return settle(draft);
    note(draft);
    if (failures === 0) say({ state: 'saving' });
    later(SAVE_AFTER_MS);
  }

  /** The server has what is shown. */
  function settle(draft: Draft): void {
    clearTimeout(timer);
    confirmed = draft;
    failures = 0;
    say({ state: 'saved' });
    void ports.journal.clear(id);
  }

  async function saveNow(): Promise<void> {
    if (underWay || stopped || inConflict() || !pending()) return underWay ?? undefined;
    clearTimeout(timer);
    underWay = send(store.getState().draft).finally(() => (underWay = null));
    await underWay;
  }

  async function send(draft: Draft): Promise<void> {
    try {
      accept(draft, await ports.save(id, base, changeOf(confirmed, draft)));
    } catch (error) {
      await fail(draft, error);
    }
  }

  function accept(draft: Draft, integration: Integration): void {
    confirmed = draft;
    base = integration.revision;
    failures = 0;
    store.setState({ integration, problems: integration.problems });
    const now = store.getState().draft;
    if (now === draft) return settle(draft);
    note(now);
    say({ state: 'saving' });
    later(SAVE_AFTER_MS);
  }

  async function fail(draft: Draft, error: unknown): Promise<void> {
    const status = statusOf(error) ?? 0;
    if (status === 412) return meet(draft);
    if (status === 401) ports.onSignedOut();
    const refused = status >= 400 && status < 500 && ![401, 408, 429].includes(status);
    say({ state: 'cannot-save', reason: reasonOf(error), refused });
    // What was refused is sent again after the next edit, not before: nothing else would change the answer.
    if (!refused) later(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++));
  }

  /** The draft on the server is a later one: ours after all, when an answer got lost; else somebody else's. */
  async function meet(draft: Draft): Promise<void> {
    try {
      const theirs = await ports.read(id);
      if (sameContent(draftOf(theirs), draft)) accept(draft, theirs);
      else say({ state: 'conflict', theirs });
    } catch (error) {
      await fail(draft, error);
    }
  }

  function restore({ revision, draft }: JournalEntry): void {
    const { integration } = store.getState();
    if (sameContent(draft, confirmed)) {
      note(confirmed); // adopted by this page, so that it may be cleared
      return settle(confirmed);
    }
    base = revision;
    store.setState({ draft });
    if (revision === integration.revision) later(0);
    else say({ state: 'conflict', theirs: integration });
  }

  const unsubscribe = store.subscribe((state, before) => {
    if (state.draft !== before.draft) noteChange(state.draft);
  });
  if (left && !store.getState().readOnly) restore(left);

  return {
    flush: async () => {
      await underWay;
      await saveNow();
      return !pending();
    },
    adopt: (label, integration) => {
      confirmed = draftOf(integration);
      base = integration.revision;
      store.setState({ integration, problems: integration.problems });
      store.getState().edit(label, () => confirmed);
    },
    takeTheirs: (theirs) => {
      confirmed = draftOf(theirs);
      base = theirs.revision;
      store.setState({ integration: theirs, draft: confirmed, problems: theirs.problems });
      settle(confirmed);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

/** The parts that differ: drafts share what is the same. */
function changeOf(before: Draft, after: Draft): DraftChange {
  const parts = (Object.keys(after) as (keyof Draft)[]).filter((part) => after[part] !== before[part]);
  return Object.fromEntries(parts.map((part) => [part, after[part]]));
}
