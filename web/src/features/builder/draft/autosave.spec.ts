import { jest } from '@jest/globals';
import { ApiError, unreachable } from '../../../api/api-error.js';
import type { Integration } from '../../../api/types.js';
import { draftOf, type Draft } from '../../../flow/draft.js';
import { SAVE_AFTER_MS, startAutosave, type Autosave } from './autosave.js';
import { createDraftStore, type DraftStore } from './draft-store.js';
import type { Journal, JournalEntry } from './journal.js';

const OPENED = {
  id: 'int_1',
  name: 'Test',
  description: '',
  trigger: { type: 'manual' },
  steps: [],
  revision: 1,
  problems: [],
} as unknown as Integration;

/** A server of one integration, strict about revisions, that can be away, refuse, lose its answer or be slow. */
class Server {
  integration = OPENED;
  saves: unknown[] = [];
  away = false;
  losesAnswer = false;
  refusal: ApiError | null = null;
  gate: Promise<void> | null = null;

  save = async (_id: string, revision: number, change: object): Promise<Integration> => {
    await this.gate;
    if (this.away) throw unreachable(null);
    if (this.refusal) throw this.refusal;
    if (revision !== this.integration.revision) throw new ApiError(412, { code: 'stale_revision' });
    this.saves.push(change);
    this.integration = { ...this.integration, ...change, revision: revision + 1 };
    if (!this.losesAnswer) return this.integration;
    this.losesAnswer = false;
    throw unreachable(null);
  };
  read = async () => this.integration;
}

class MemoryJournal implements Journal {
  entry: JournalEntry | null = null;
  read = async () => this.entry;
  write = async (_id: string, entry: JournalEntry) => void (this.entry = entry);
  clear = async () => void (this.entry = null);
}

describe('autosave', () => {
  let server: Server;
  let journal: MemoryJournal;
  let store: DraftStore;
  let autosave: Autosave;
  let signedOut: boolean;

  beforeEach(() => {
    jest.useFakeTimers();
    server = new Server();
    journal = new MemoryJournal();
    signedOut = false;
    open();
  });
  afterEach(() => {
    autosave.stop();
    jest.useRealTimers();
  });

  function open(): void {
    store = createDraftStore({ integration: server.integration });
    const { save, read } = server;
    autosave = startAutosave(store, { save, read, journal, onSignedOut: () => (signedOut = true) }, journal.entry);
  }
  const rename = (name: string) => store.getState().edit('rename', (draft: Draft): Draft => ({ ...draft, name }));
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
  const saved = () => store.getState().save;

  it('saves what changed, once the hand rests, and says so when it is confirmed', async () => {
    let answer = () => {};
    server.gate = new Promise((resolve) => (answer = resolve));
    rename('A');
    await pass(SAVE_AFTER_MS - 1);
    rename('Ab');
    await pass(SAVE_AFTER_MS);
    expect([saved(), journal.entry?.draft.name]).toEqual([{ state: 'saving' }, 'Ab']);
    answer();
    await pass(0);
    expect([saved(), server.saves, journal.entry]).toEqual([{ state: 'saved' }, [{ name: 'Ab' }], null]);
    expect(store.getState().integration.revision).toBe(2);
  });

  it('does not call it saved while something typed meanwhile is not', async () => {
    let answer = () => {};
    server.gate = new Promise((resolve) => (answer = resolve));
    rename('A');
    await pass(SAVE_AFTER_MS);
    rename('Ab');
    answer();
    await pass(0);
    expect([server.saves, saved(), journal.entry]).toMatchObject([
      [{ name: 'A' }],
      { state: 'saving' },
      { revision: 2, draft: { name: 'Ab' } },
    ]);
    await pass(SAVE_AFTER_MS);
    expect([server.saves.length, saved()]).toEqual([2, { state: 'saved' }]);
  });

  it('saves nothing when an edit is taken back at once', async () => {
    rename('A');
    store.getState().undo();
    await pass(10 * SAVE_AFTER_MS);
    expect([saved(), server.saves, journal.entry]).toEqual([{ state: 'saved' }, [], null]);
  });

  it('tries again and again while the server is away, and keeps the work in the journal', async () => {
    server.away = true;
    rename('A');
    await pass(SAVE_AFTER_MS);
    expect(saved()).toMatchObject({ state: 'cannot-save', refused: false });
    await pass(60_000);
    expect([saved().state, journal.entry?.draft.name]).toEqual(['cannot-save', 'A']);
    server.away = false;
    await pass(30_000);
    expect([saved(), server.integration.name, journal.entry]).toEqual([{ state: 'saved' }, 'A', null]);
  });

  it('sends what was refused again only after another edit', async () => {
    server.refusal = new ApiError(422, { errors: [{ path: '/name', code: 'invalid', message: 'May not be empty.' }] });
    rename(' ');
    await pass(120_000);
    expect(saved()).toEqual({ state: 'cannot-save', reason: 'May not be empty.', refused: true });
    server.refusal = null;
    rename('A');
    await pass(SAVE_AFTER_MS);
    expect(server.saves).toEqual([{ name: 'A' }]);
  });

  it('goes on when the server had saved but its answer was lost', async () => {
    server.losesAnswer = true;
    rename('A');
    await pass(SAVE_AFTER_MS);
    expect(saved().state).toBe('cannot-save');
    await pass(5_000);
    expect([saved(), server.saves.length, store.getState().integration.revision]).toEqual([{ state: 'saved' }, 1, 2]);
  });

  it('stops at what somebody else saved, and goes on from theirs when told so', async () => {
    server.integration = { ...OPENED, name: 'Theirs', revision: 2 };
    rename('Mine');
    await pass(SAVE_AFTER_MS);
    expect(saved()).toMatchObject({ state: 'conflict', theirs: { name: 'Theirs' } });
    rename('Mine again');
    await pass(60_000);
    expect([server.saves, journal.entry]).toMatchObject([[], { revision: 1, draft: { name: 'Mine again' } }]);
    autosave.takeTheirs(server.integration);
    expect([saved(), store.getState().draft.name]).toEqual([{ state: 'saved' }, 'Theirs']);
    rename('Ours');
    await pass(SAVE_AFTER_MS);
    expect(server.integration).toMatchObject({ name: 'Ours', revision: 3 });
  });

  it('brings back after a reload what was not confirmed', async () => {
    server.away = true;
    rename('A');
    await pass(SAVE_AFTER_MS);
    autosave.stop();
    server.away = false;
    open();
    expect([saved(), store.getState().draft.name]).toEqual([{ state: 'saving' }, 'A']);
    await pass(SAVE_AFTER_MS);
    expect([saved(), server.integration.name]).toEqual([{ state: 'saved' }, 'A']);
  });

  it('does not put old work over what was saved since', async () => {
    journal.entry = { revision: 1, draft: { ...draftOf(OPENED), name: 'Old' }, at: 0 };
    server.integration = { ...OPENED, name: 'Newer', revision: 5 };
    autosave.stop();
    open();
    await pass(60_000);
    expect([saved().state, store.getState().draft.name, server.saves]).toEqual(['conflict', 'Old', []]);
    expect(journal.entry).toMatchObject({ revision: 1 });
  });

  it('forgets a journal that the server has in full', async () => {
    journal.entry = { revision: 1, draft: draftOf(OPENED), at: 0 };
    autosave.stop();
    open();
    expect([saved(), journal.entry]).toEqual([{ state: 'saved' }, null]);
  });

  it('saves at once when asked to, and tells whether it did', async () => {
    rename('A');
    expect(await autosave.flush()).toBe(true);
    expect(server.saves).toEqual([{ name: 'A' }]);
    server.away = true;
    rename('B');
    expect(await autosave.flush()).toBe(false);
  });

  it('says when nobody is signed in any more', async () => {
    server.refusal = new ApiError(401, {});
    rename('A');
    await pass(SAVE_AFTER_MS);
    expect([signedOut, saved().state, journal.entry?.draft.name]).toEqual([true, 'cannot-save', 'A']);
  });
});
