import {
  cursorCharLeft,
  cursorCharRight,
  cursorDocEnd,
  cursorDocStart,
  cursorGroupLeft,
  cursorGroupRight,
  cursorLineBoundaryBackward,
  cursorLineBoundaryForward,
  cursorLineBoundaryLeft,
  cursorLineBoundaryRight,
  cursorLineDown,
  cursorLineUp,
  deleteGroupBackward,
  deleteGroupForward,
  deleteLineBoundaryBackward,
  deleteLineBoundaryForward,
  selectAll,
  selectCharLeft,
  selectCharRight,
  selectDocEnd,
  selectDocStart,
  selectGroupLeft,
  selectGroupRight,
  selectLineBoundaryBackward,
  selectLineBoundaryForward,
  selectLineBoundaryLeft,
  selectLineBoundaryRight,
  selectLineDown,
  selectLineUp,
} from '@codemirror/commands';
import { findClusterBreak } from '@codemirror/state';
import { EditorView, type Command, type KeyBinding } from '@codemirror/view';

/** What is selected, or the character beside the caret; of a pill all of it. */
const deleteChar =
  (forward: boolean): Command =>
  (view) => {
    const { state } = view;
    if (state.readOnly) return false;
    const { head, empty } = state.selection.main;
    let { from, to } = state.selection.main;
    if (empty) {
      const line = state.doc.lineAt(head);
      const isEdge = head === (forward ? line.to : line.from);
      const beside = isEdge
        ? Math.max(0, Math.min(state.doc.length, head + (forward ? 1 : -1)))
        : line.from + findClusterBreak(line.text, head - line.from, forward);
      [from, to] = forward ? [head, beside] : [beside, head];
    }
    if (from === to) return true;
    for (const atoms of state.facet(EditorView.atomicRanges)) {
      atoms(view).between(from, to, (start, end) => {
        if (start >= to || end <= from) return;
        from = Math.min(from, start);
        to = Math.max(to, end);
      });
    }
    view.dispatch({
      changes: { from, to },
      scrollIntoView: true,
      userEvent: !empty ? 'delete.selection' : forward ? 'delete.forward' : 'delete.backward',
    });
    return true;
  };

/**
 * What moves the caret and deletes, as everywhere, with pills as one character. CodeMirror's own keymap, and its keys
 * that delete a character, know languages too: with them the editor would be a third heavier. It also takes Alt with an
 * arrow, which goes to other steps and rows.
 */
export const editingKeys: readonly KeyBinding[] = [
  { key: 'ArrowLeft', run: cursorCharLeft, shift: selectCharLeft, preventDefault: true },
  { key: 'ArrowRight', run: cursorCharRight, shift: selectCharRight, preventDefault: true },
  { key: 'ArrowUp', run: cursorLineUp, shift: selectLineUp, preventDefault: true },
  { key: 'ArrowDown', run: cursorLineDown, shift: selectLineDown, preventDefault: true },
  {
    key: 'Mod-ArrowLeft',
    mac: 'Alt-ArrowLeft',
    run: cursorGroupLeft,
    shift: selectGroupLeft,
    preventDefault: true,
  },
  {
    key: 'Mod-ArrowRight',
    mac: 'Alt-ArrowRight',
    run: cursorGroupRight,
    shift: selectGroupRight,
    preventDefault: true,
  },
  { mac: 'Cmd-ArrowLeft', run: cursorLineBoundaryLeft, shift: selectLineBoundaryLeft, preventDefault: true },
  { mac: 'Cmd-ArrowRight', run: cursorLineBoundaryRight, shift: selectLineBoundaryRight, preventDefault: true },
  { mac: 'Cmd-ArrowUp', run: cursorDocStart, shift: selectDocStart },
  { mac: 'Cmd-ArrowDown', run: cursorDocEnd, shift: selectDocEnd },
  { key: 'Home', run: cursorLineBoundaryBackward, shift: selectLineBoundaryBackward, preventDefault: true },
  { key: 'End', run: cursorLineBoundaryForward, shift: selectLineBoundaryForward, preventDefault: true },
  { key: 'Mod-Home', run: cursorDocStart, shift: selectDocStart },
  { key: 'Mod-End', run: cursorDocEnd, shift: selectDocEnd },
  { key: 'Mod-a', run: selectAll },
  { key: 'Backspace', run: deleteChar(false), shift: deleteChar(false), preventDefault: true },
  { key: 'Delete', run: deleteChar(true), preventDefault: true },
  { key: 'Mod-Backspace', mac: 'Alt-Backspace', run: deleteGroupBackward, preventDefault: true },
  { key: 'Mod-Delete', mac: 'Alt-Delete', run: deleteGroupForward, preventDefault: true },
  { mac: 'Mod-Backspace', run: deleteLineBoundaryBackward, preventDefault: true },
  { mac: 'Mod-Delete', run: deleteLineBoundaryForward, preventDefault: true },
];
