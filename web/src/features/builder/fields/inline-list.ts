import {
  insertCompletionText,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
} from '@codemirror/autocomplete';
import { findNodes, type DataGroup, type DataNode } from '../insert/data-tree.js';
import { isFx, setFx } from './fx-mode.js';
import { inBraces, parsePath } from '../../../mapping/template.js';

const MOST = 40;

/** The list at the caret: opened by `/` at the beginning of a word, by `{{`, or by Ctrl+Space. */
export function inlineList(groups: () => DataGroup[]): CompletionSource {
  const source = (context: CompletionContext): CompletionResult | null => {
    const opened = openedBy(context);
    if (!opened) return null;
    const found = findNodes(groups(), opened.words, MOST);
    const options = found.map(({ group, node, trail }, index): Completion => ({
      label: trail,
      detail: node.shown,
      section: {
        name: group.badge ? `${group.badge} · ${group.title}` : group.title,
        rank: sectionRank(groups(), group),
      },
      boost: -index / 100,
      apply: applyNode(node),
    }));
    // At once with every letter: a list that waits for a pause would swallow the Enter of who types fast.
    return { from: opened.from, options, filter: false, update: (_before, _from, _to, now) => source(now) };
  };
  return source;
}

const sectionRank = (groups: DataGroup[], group: DataGroup): number => groups.indexOf(group);

function openedBy(context: CompletionContext): { from: number; words: string } | null {
  const braces = isFx(context.state) ? null : context.matchBefore(/\{\{[^{}]*$/);
  if (braces) return { from: braces.from, words: braces.text.slice(2) };
  const slash = context.matchBefore(/(?:^|[\s(,])\/[^/{}\n]{0,40}$/u);
  if (slash) {
    const at = slash.text.indexOf('/');
    return { from: slash.from + at, words: slash.text.slice(at + 1) };
  }
  const word = context.matchBefore(/[\p{L}\p{N}_.]+$/u);
  if (isFx(context.state) && word && word.text.length > 1) return { from: word.from, words: word.text };
  if (!context.explicit) return null;
  return { from: word?.from ?? context.pos, words: word?.text ?? '' };
}

const applyNode =
  ({ source }: DataNode): Completion['apply'] =>
  (view, _completion, from, to) => {
    if (isFx(view.state)) return view.dispatch(insertCompletionText(view.state, source, from, to));
    const alone = from === 0 && to === view.state.doc.length;
    if (alone && parsePath(source) === null) {
      return view.dispatch({
        changes: { from, to, insert: source },
        selection: { anchor: source.length },
        effects: setFx.of(true),
      });
    }
    // What CodeMirror or the user closed already is not closed twice.
    const end = /^\s*\}\}/.exec(view.state.sliceDoc(to, to + 10))?.[0].length ?? 0;
    const isOpened = view.state.sliceDoc(from, from + 2) === '{{';
    view.dispatch(insertCompletionText(view.state, inBraces(source), from, isOpened ? to + end : to));
  };
