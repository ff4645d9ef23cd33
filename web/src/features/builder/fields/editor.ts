import { history, insertNewlineKeepIndent, isolateHistory, redo, undo } from '@codemirror/commands';
import { Annotation, EditorState, Prec, type Extension, Transaction } from '@codemirror/state';
import { EditorView, keymap, placeholder, type Command } from '@codemirror/view';
import { styleNonce } from '../../../ui/style-nonce.js';
import { editingKeys } from './editing-keys.js';
import { fxMode, isFx, setFx } from './fx-mode.js';
import type { PillNames } from '../../../mapping/pill.js';
import { pillAtCaret, pillRanges, pills } from './pills.js';
import { asExpression, asText, inBraces, loneExpression, parsePath } from '../../../mapping/template.js';

/** A change that came from outside the field: not the user's typing, and not theirs to undo. */
export const outside = Annotation.define<boolean>();

export interface FieldOptions {
  value: string;
  names: PillNames;
  /** Several lines; otherwise a line break becomes a space. */
  multiline?: boolean;
  placeholder?: string;
  attributes: Record<string, string>;
  readOnly?: boolean;
  /** The list at the caret. */
  list: Extension;
  onChange: (value: string) => void;
  onFx: (fx: boolean) => void;
  onFocus: (focused: boolean) => void;
  onPill: (place: { from: number; to: number }) => void;
}

/** Whether a value is shown as an expression: it is one, and more than a path. */
export function startsAsFx(value: string): boolean {
  const source = loneExpression(value);
  return source !== null && source !== '' && parsePath(source) === null;
}

/** What the editor holds of a value. */
const docOf = (value: string, fx: boolean): string => (fx ? (loneExpression(value) ?? '') : value);

export function valueOf(state: EditorState): string {
  const text = state.doc.toString();
  return isFx(state) && text.trim() !== '' ? inBraces(text.trim()) : isFx(state) ? '' : text;
}

export function createField(parent: HTMLElement, options: FieldOptions): EditorView {
  const fx = startsAsFx(options.value);
  const run =
    (command: Command): Command =>
    (view) => {
      // Also when there is nothing to undo: the key belongs to the field, and must not reach the builder.
      command(view);
      return true;
    };
  const keys = [
    { key: 'Mod-z', run: run(undo), preventDefault: true, stopPropagation: true },
    { key: 'Mod-Shift-z', run: run(redo), preventDefault: true, stopPropagation: true },
    { key: 'Mod-y', run: run(redo), preventDefault: true, stopPropagation: true },
    { key: 'F2', run: (view: EditorView) => openPill(view, options.onPill) },
    {
      key: '=',
      run: (view: EditorView) => view.state.doc.length === 0 && !isFx(view.state) && switchFx(view, true) === null,
    },
  ];
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: docOf(options.value, fx),
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        EditorState.allowMultipleSelections.of(false),
        EditorState.readOnly.of(options.readOnly ?? false),
        EditorView.editable.of(!options.readOnly),
        fxMode(fx),
        history(),
        Prec.highest(keymap.of(keys)),
        options.list,
        keymap.of([...editingKeys, { key: 'Enter', run: options.multiline ? insertNewlineKeepIndent : () => true }]),
        pills(options.names),
        EditorView.lineWrapping,
        options.placeholder ? placeholder(options.placeholder) : [],
        EditorView.contentAttributes.of({
          ...options.attributes,
          'aria-multiline': String(options.multiline ?? false),
        }),
        options.multiline ? [] : oneLine,
        EditorView.domEventHandlers({
          mousedown: (event, view) => {
            if (!(event.target instanceof Element) || !event.target.closest('[data-pill]')) return false;
            const at = view.posAtDOM(event.target);
            const hit = pillRanges(view).find(({ from, to }) => at >= from && at <= to);
            if (!hit) return false;
            view.focus();
            view.dispatch({ selection: { anchor: hit.from, head: hit.to } });
            options.onPill(hit);
            event.preventDefault();
            return true;
          },
        }),
        EditorView.updateListener.of((update) => {
          if (update.focusChanged) options.onFocus(update.view.hasFocus);
          const changedMode = isFx(update.startState) !== isFx(update.state);
          if (changedMode) options.onFx(isFx(update.state));
          if (update.transactions.some((transaction) => transaction.annotation(outside))) return;
          if (update.docChanged || changedMode) options.onChange(valueOf(update.state));
        }),
      ],
    }),
  });
}

const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ');
  return [
    { changes: { from: 0, to: transaction.startState.doc.length, insert: text }, selection: { anchor: text.length } },
  ];
});

/** Shows a value that was changed elsewhere. The field's own history stays as it was. */
export function showValue(view: EditorView, value: string): void {
  if (valueOf(view.state) === value) return;
  const fx = isFx(view.state) ? value === '' || loneExpression(value) !== null : startsAsFx(value);
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: docOf(value, fx) },
    effects: fx === isFx(view.state) ? [] : setFx.of(fx),
    annotations: [outside.of(true), Transaction.addToHistory.of(false)],
  });
}

/** Answers the reason where the change would not be lossless. */
export function switchFx(view: EditorView, fx: boolean): string | null {
  const value = valueOf(view.state);
  const change = fx ? asExpression(value) : asText(value);
  if ('refused' in change) return change.refused;
  const doc = docOf(change.value, fx);
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: doc },
    selection: { anchor: doc.length },
    effects: setFx.of(fx),
  });
  view.focus();
  return null;
}

/** Puts an expression in at the caret: in braces within text, bare within an expression. */
export function insertSource(view: EditorView, source: string): void {
  const bare = isFx(view.state);
  const { from, to } = view.state.selection.main;
  // A field with nothing else in it becomes the expression, where that is more than a path.
  if (!bare && parsePath(source) === null && from === 0 && to === view.state.doc.length) {
    view.dispatch({
      changes: { from, to, insert: source },
      selection: { anchor: source.length },
      effects: setFx.of(true),
    });
    return;
  }
  const text = bare ? source : inBraces(source);
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length },
    scrollIntoView: true,
    userEvent: 'input.complete',
    // Undone on its own, however fast a key follows.
    annotations: isolateHistory.of('full'),
  });
}

function openPill(view: EditorView, open: FieldOptions['onPill']): boolean {
  const pill = pillAtCaret(view);
  if (pill) open(pill);
  return pill !== null;
}
