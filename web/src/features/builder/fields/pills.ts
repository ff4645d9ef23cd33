import { Compartment, type EditorState, type Extension } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  WidgetType,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { isFx } from './fx-mode.js';
import { pillOf, type PillNames } from '../../../mapping/pill.js';
import { parsePath } from '../../../mapping/template.js';
import classes from '../../../mapping/pill.module.css';

/** A plain path in braces; what is longer stays text. */
const IN_TEXT = /\{\{\s*((?:trigger|steps|run|integration)\b[^{}\n]{0,500}?)\s*\}\}/gu;
/** In an expression paths stand bare; a name before `(` is a function. */
const IN_EXPRESSION =
  /\b(?:trigger|steps|run|integration)(?:\.[\p{ID_Start}_$][\p{ID_Continue}$]*(?![\p{ID_Continue}$]*\s*\()|\[\d{1,9}\]|\["[^"\\]*"\]|\['[^'\\]*'\])+/gu;

class PillWidget extends WidgetType {
  constructor(
    readonly source: string,
    readonly names: PillNames,
  ) {
    super();
  }
  override eq(other: PillWidget): boolean {
    return other.source === this.source && other.names === this.names;
  }
  override toDOM(): HTMLElement {
    const pill = pillOf(parsePath(this.source)!, this.names);
    const box = document.createElement('span');
    box.className = `${classes.pill} ${classes[pill.tone]}`;
    box.setAttribute('role', 'img');
    box.setAttribute('aria-label', pill.title);
    box.title = `${pill.title}\n${this.source}`;
    box.dataset.pill = this.source;
    if (pill.badge) {
      const badge = box.appendChild(document.createElement('span'));
      badge.className = classes.badge;
      badge.textContent = pill.badge;
    }
    box.append(pill.label);
    return box;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

const matcher = (names: PillNames, fx: boolean) =>
  new MatchDecorator({
    regexp: fx ? IN_EXPRESSION : IN_TEXT,
    decorate: (add, from, to, match, view) => {
      const source = fx ? match[0] : match[1];
      if (parsePath(source) === null || (fx && isInString(view.state, from))) return;
      add(from, to, Decoration.replace({ widget: new PillWidget(source, names) }));
    },
  });

/** A path within quotes is text. */
const isInString = (state: EditorState, at: number): boolean =>
  (state.sliceDoc(0, at).match(/"/g)?.length ?? 0) % 2 === 1;

const pillPlugin = (names: PillNames) =>
  ViewPlugin.fromClass(
    class {
      pills: DecorationSet;
      private readonly matchers = { text: matcher(names, false), fx: matcher(names, true) };
      constructor(view: EditorView) {
        this.pills = this.of(view).createDeco(view);
      }
      update(update: ViewUpdate) {
        const changedMode = isFx(update.startState) !== isFx(update.state);
        this.pills = changedMode
          ? this.of(update.view).createDeco(update.view)
          : this.of(update.view).updateDeco(update, this.pills);
      }
      private of(view: EditorView) {
        return isFx(view.state) ? this.matchers.fx : this.matchers.text;
      }
    },
    {
      decorations: (plugin) => plugin.pills,
      // Arrows jump over a pill, Backspace takes it as one.
      provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.pills ?? Decoration.none),
    },
  );

const slot = new Compartment();

/** Draws plain paths as pills. */
export const pills = (names: PillNames): Extension => slot.of(pillPlugin(names));

/** Draws them anew: steps were renamed, moved or deleted. */
export const renamePills = (names: PillNames) => slot.reconfigure(pillPlugin(names));

/** The pill at the caret: before it, behind it, or selected. */
export function pillAtCaret(view: EditorView): { from: number; to: number } | null {
  const { from, to } = view.state.selection.main;
  for (const { from: start, to: end } of pillRanges(view)) {
    if (from <= end && to >= start) return { from: start, to: end };
  }
  return null;
}

export function pillRanges(view: EditorView): { from: number; to: number; source: string }[] {
  const pattern = isFx(view.state) ? IN_EXPRESSION : IN_TEXT;
  return [...view.state.doc.toString().matchAll(pattern)]
    .map((match) => ({ from: match.index, to: match.index + match[0].length, source: match[1] ?? match[0] }))
    .filter(({ source }) => parsePath(source) !== null);
}
