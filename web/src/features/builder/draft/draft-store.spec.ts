import type { Integration } from '../../../api/types.js';
import type { Draft } from '../../../flow/draft.js';
import { createDraftStore, testMarkOf, type DraftStore } from './draft-store.js';
import { MOST_ENTRIES } from './history.js';
import { addStep, deleteStep, duplicateStep, nameStep, pasteStep, shiftStep } from './step-actions.js';

const POST = { connector: 'http', action: 'post', title: 'Create entry' };
const integration = {
  id: 'int_1',
  name: 'Test',
  description: '',
  trigger: { type: 'manual' },
  steps: [],
  problems: [],
} as unknown as Integration;
const named =
  (name: string) =>
  (draft: Draft): Draft => ({ ...draft, name });

describe('the draft of an integration', () => {
  let now: number;
  let store: DraftStore;
  const at = () => store.getState();
  const keys = () => at().draft.steps.map((step) => step.key);
  beforeEach(() => {
    now = 1_000;
    store = createDraftStore({ integration, now: () => now });
  });

  it('undoes and redoes, one by one, with the selection and the tab of then', () => {
    const key = addStep(store, POST, { first: true });
    at().setTab('test');
    deleteStep(store, key);
    expect([keys(), at().selection.step]).toEqual([[], 'trigger']);
    at().undo();
    expect([keys(), at().selection]).toEqual([['create_entry'], { step: 'create_entry', tab: 'test' }]);
    at().undo();
    expect([keys(), at().selection.step]).toEqual([[], null]);
    at().redo();
    at().redo();
    expect([keys(), at().selection.step]).toEqual([[], 'trigger']);
  });

  it('has nothing to redo after a new edit, and nothing to undo at the beginning', () => {
    at().edit('rename', named('One'));
    at().undo();
    at().edit('rename', named('Two'));
    at().redo();
    expect(at().draft.name).toBe('Two');
    at().undo();
    const before = at();
    at().undo();
    expect(at()).toBe(before);
  });

  it('takes typing in one field as one entry until it rests, or the field is left', () => {
    const type = (name: string) => at().edit('rename', named(name), { merge: 'name' });
    for (const name of ['A', 'Ab', 'Abc']) {
      now += 500;
      type(name);
    }
    now += 600;
    type('Abcd');
    at().endEdit();
    type('Abcde');
    const undone = [1, 2, 3].map(() => {
      at().undo();
      return at().draft.name;
    });
    expect(undone).toEqual(['Abcd', 'Abc', 'Test']);
  });

  it('does not take an edit that changes nothing', () => {
    at().edit('nothing', (draft) => draft);
    expect(at().history.past).toEqual([]);
  });

  it('remembers a hundred entries', () => {
    for (let index = 0; index <= MOST_ENTRIES + 5; index++) at().edit('rename', named(`Name ${index}`));
    expect(at().history.past).toHaveLength(MOST_ENTRIES);
    for (let index = 0; index <= MOST_ENTRIES + 5; index++) at().undo();
    expect(at().draft.name).toBe('Name 5');
  });

  it('is not changed by who may only look', () => {
    store = createDraftStore({ integration, readOnly: true });
    addStep(store, POST, { first: true });
    at().edit('rename', named('Mine'));
    expect(at().draft).toMatchObject({ name: 'Test', steps: [] });
  });

  it('selects what was added, copied or moved, and the neighbour of what was deleted', () => {
    const first = addStep(store, POST, { first: true });
    const second = addStep(store, POST, { after: first });
    expect([keys(), at().selection.step]).toEqual([['create_entry', 'create_entry_2'], second]);
    duplicateStep(store, first);
    expect([keys()[1], at().draft.steps[1].name]).toEqual(['create_entry_3', 'Copy of Create entry']);
    const pasted = pasteStep(store, at().draft.steps[0], { after: second });
    expect(keys()).toEqual([first, 'create_entry_3', second, pasted]);
    shiftStep(store, pasted, -1);
    expect([keys()[2], at().selection.step]).toEqual([pasted, pasted]);
    deleteStep(store, pasted);
    expect(at().selection.step).toBe(second);
  });

  it('forgets the test of a step once the step has changed, and knows it again when the change is undone', () => {
    const key = addStep(store, POST, { first: true });
    expect(testMarkOf(at(), key)).toBe('untested');
    at().markTest(key, 'failed');
    expect(testMarkOf(at(), key)).toBe('failed');
    nameStep(store, key, 'Another name');
    expect(testMarkOf(at(), key)).toBe('untested');
    at().undo();
    expect(testMarkOf(at(), key)).toBe('failed');
  });

  it('keeps the key of a renamed step, because mappings point at it', () => {
    const key = addStep(store, POST, { first: true });
    nameStep(store, key, '  Send it  ');
    nameStep(store, key, ' ');
    expect(at().draft.steps[0]).toMatchObject({ key: 'create_entry', name: 'Send it' });
  });
});
