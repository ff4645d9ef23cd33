import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Fault, Integration } from '../../../api/types.js';
import { draftOf, type Draft } from '../../../flow/draft.js';
import { findStep } from '../../../flow/steps.js';
import { announce } from '../../../ui/announce.js';
import {
  emptyHistory,
  record,
  seal,
  stepBack,
  stepForward,
  type History,
  type Selection,
  type Tab,
} from './history.js';

/** How the draft stands to the server. `saved` is only ever said after the server confirmed the very draft shown. */
export type SaveStatus =
  | { state: 'saved' }
  | { state: 'saving' }
  /** Tried again by itself; what is not confirmed stays in the journal. */
  | { state: 'cannot-save'; reason: string; refused: boolean }
  /** Somebody else saved meanwhile. */
  | { state: 'conflict'; theirs: Integration };

export interface EditOptions {
  /** Edits in a row with one key are undone together, while no longer than 600 ms pass between them. */
  merge?: string;
}

export interface DraftState {
  /** As the server last confirmed it. */
  integration: Integration;
  draft: Draft;
  selection: Selection;
  save: SaveStatus;
  /** What keeps the draft from running, by JSON pointer into it; as of the last save. */
  problems: Fault[];
  history: History;
  /** The last test of each step, by its key, or of what starts it, by `trigger`. Read it with `testMarkOf`. */
  tests: Readonly<Record<string, TestMark>>;
  readOnly: boolean;

  /** The one way to change the draft. `label` is what undo says: "Undid: rename the step". */
  edit: (label: string, change: (draft: Draft) => Draft, options?: EditOptions) => void;
  /** A field was left: what is typed next is undone on its own. */
  endEdit: () => void;
  undo: () => void;
  redo: () => void;
  select: (step: Selection['step'], tab?: Tab) => void;
  setTab: (tab: Tab) => void;
  /** A step was tested as it is now. */
  markTest: (step: string, outcome: TestMark['outcome']) => void;
}

export interface TestMark {
  outcome: 'testing' | 'tested' | 'failed';
  /** What was tested: any later change of the step makes the mark worthless. */
  subject: unknown;
}

export type DraftStore = StoreApi<DraftState>;

interface DraftStoreOptions {
  integration: Integration;
  readOnly?: boolean;
  now?: () => number;
}

/** One per opened integration: the only owner of its draft. Saving is `autosave.ts`. */
export function createDraftStore({ integration, readOnly, now = Date.now }: DraftStoreOptions): DraftStore {
  return createStore<DraftState>()((set, get) => {
    const travel = (step: typeof stepBack, said: string) => {
      const { history, draft, selection } = get();
      const stepped = step(history, draft, selection);
      if (!stepped) return;
      const { label, ...rest } = stepped;
      set({ ...rest, selection: withinDraft(rest.draft, rest.selection) });
      announce(`${said}: ${label}`);
    };
    return {
      integration,
      draft: draftOf(integration),
      selection: { step: null, tab: 'configure' },
      save: { state: 'saved' },
      problems: integration.problems,
      history: emptyHistory,
      tests: {},
      readOnly: readOnly ?? false,

      edit: (label, change, options = {}) => {
        const { draft, selection, history, readOnly: locked } = get();
        const next = locked ? draft : change(draft);
        if (next === draft) return;
        set({
          draft: next,
          history: record(history, draft, selection, { label, merge: options.merge, at: now() }),
          selection: withinDraft(next, selection),
        });
      },
      endEdit: () => set(({ history }) => ({ history: seal(history) })),
      undo: () => travel(stepBack, 'Undid'),
      redo: () => travel(stepForward, 'Redid'),
      select: (step, tab) =>
        set(({ selection, history }) => ({
          selection: { step, tab: tab ?? (step === selection.step ? selection.tab : 'configure') },
          history: seal(history),
        })),
      setTab: (tab) => set(({ selection }) => ({ selection: { ...selection, tab } })),
      markTest: (step, outcome) =>
        set(({ draft, tests }) => ({ tests: { ...tests, [step]: { outcome, subject: subjectOf(draft, step) } } })),
    };
  });
}

/** How the last test of a step went; `untested` also after the step was changed since. */
export function testMarkOf({ draft, tests }: Pick<DraftState, 'draft' | 'tests'>, step: string): TestState {
  const mark = tests[step];
  return mark && mark.subject === subjectOf(draft, step) ? mark.outcome : 'untested';
}
export type TestState = TestMark['outcome'] | 'untested';

const subjectOf = (draft: Draft, step: string): unknown =>
  step === 'trigger' ? draft.trigger : findStep(draft, step)?.step;

/** A step that is no longer there cannot stay selected. */
const withinDraft = (draft: Draft, selection: Selection): Selection =>
  selection.step === null || selection.step === 'trigger' || findStep(draft, selection.step)
    ? selection
    : { ...selection, step: null };
