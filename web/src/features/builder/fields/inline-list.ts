import { isolateHistory } from '@codemirror/commands';
import { Prec, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, showTooltip, type Tooltip, type TooltipView } from '@codemirror/view';
import { findNodes, type DataGroup, type DataNode } from '../insert/data-tree.js';
import { isFx, setFx } from './fx-mode.js';
import { inBraces, parsePath } from '../../../mapping/template.js';
import classes from './inline-list.module.css';

const MOST = 40;
/** As far back as the words that are looked for may reach. */
const REACH = 200;

interface Offer {
  /** Where what was typed for it begins: choosing replaces it. */
  from: number;
  to: number;
  /** Where it is empty, nothing is shown: what fits may still come. */
  found: ReturnType<typeof findNodes>;
  chosen: number;
  /** Asked for by its key: it stays while no word is typed. */
  explicit: boolean;
}

const open = StateEffect.define();
const close = StateEffect.define();
const choose = StateEffect.define<number>();
const renew = StateEffect.define();

/** There is other data to offer than before: an offer that was asked for is made anew. */
export const renewOffer = (view: EditorView): void => view.dispatch({ effects: renew.of(null) });

let editors = 0;

/**
 * The list at the caret: opened by `/` at the beginning of a word, by `{{`, or by Ctrl+Space. Arrows choose, Enter
 * takes what is chosen, Esc closes. It is there with every letter at once: who types fast loses no Enter.
 */
export function inlineList(groups: () => DataGroup[]): Extension {
  const id = `inline-list-${++editors}`;
  const offer = StateField.define<Offer | null>({
    create: () => null,
    update(now, transaction) {
      const { state } = transaction;
      for (const effect of transaction.effects) {
        if (effect.is(close)) return null;
        if (effect.is(choose)) return now && { ...now, chosen: effect.value };
        if (effect.is(open)) return look(state, groups(), true);
        if (effect.is(renew)) return now && stay(now, look(state, groups(), now.explicit));
      }
      if (!transaction.docChanged) return transaction.selection ? null : now;
      return transaction.isUserEvent('input.type') || (now && transaction.isUserEvent('delete'))
        ? look(state, groups(), now?.explicit ?? false)
        : null;
    },
    provide: (field) => [
      showTooltip.compute([field], (state) => tooltipOf(state.field(field))),
      EditorView.contentAttributes.compute([field], (state): Record<string, string> => {
        const shown = shownOf(state.field(field));
        if (!shown) return { 'aria-autocomplete': 'list' };
        const active = `${id}-${shown.chosen}`;
        return { 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-activedescendant': active };
      }),
    ],
  });
  const tooltipOf = (now: Offer | null): Tooltip | null => {
    const shown = shownOf(now);
    return shown && { pos: shown.from, create: (view) => drawn(view, id, (state) => state.field(offer)) };
  };
  const move = (by: number) => (view: EditorView) => {
    const now = shownOf(view.state.field(offer));
    if (!now) return false;
    const count = now.found.length;
    view.dispatch({ effects: choose.of((now.chosen + by + count) % count) });
    return true;
  };
  const take = (view: EditorView) => {
    const now = shownOf(view.state.field(offer));
    if (now) put(view, now, now.chosen);
    return now !== null;
  };
  const shut = (view: EditorView) => {
    const isOpen = shownOf(view.state.field(offer)) !== null;
    if (isOpen) view.dispatch({ effects: close.of(null) });
    return isOpen;
  };
  const show = (view: EditorView) => {
    view.dispatch({ effects: open.of(null) });
    return true;
  };
  return [
    offer,
    EditorView.focusChangeEffect.of((_state, isFocused) => (isFocused ? null : close.of(null))),
    Prec.highest(
      keymap.of([
        { key: 'Ctrl-Space', run: show },
        { key: 'ArrowDown', run: move(1) },
        { key: 'ArrowUp', run: move(-1) },
        { key: 'Enter', run: take },
        { key: 'Escape', run: shut },
      ]),
    ),
  ];
}

function look(state: EditorState, groups: DataGroup[], explicit: boolean): Offer | null {
  const { head, empty } = state.selection.main;
  const asked = empty ? wordsBefore(state.sliceDoc(Math.max(0, head - REACH), head), isFx(state), explicit) : null;
  if (!asked) return null;
  return { from: head - asked.length, to: head, found: findNodes(groups, asked.words, MOST), chosen: 0, explicit };
}

const shownOf = (offer: Offer | null): Offer | null => (offer && offer.found.length > 0 ? offer : null);

/** What was chosen stays so, wherever it is now; where nothing was, the best match is. */
function stay({ found, chosen }: Offer, next: Offer | null): Offer | null {
  if (chosen === 0) return next;
  const source = found[chosen]?.node.source;
  return (
    next && {
      ...next,
      chosen: Math.max(
        0,
        next.found.findIndex(({ node }) => node.source === source),
      ),
    }
  );
}

/** What is looked for, and how many characters before the caret it takes up; null: nothing is. */
function wordsBefore(text: string, fx: boolean, explicit: boolean): { words: string; length: number } | null {
  const braces = fx ? null : /\{\{([^{}]*)$/.exec(text);
  if (braces) return { words: braces[1], length: braces[0].length };
  const slash = /(?:^|[\s(,])\/([^/{}\n]{0,40})$/u.exec(text);
  if (slash) return { words: slash[1], length: slash[1].length + 1 };
  const word = /[\p{L}\p{N}_.]+$/u.exec(text)?.[0] ?? '';
  return explicit || (fx && word.length > 1) ? { words: word, length: word.length } : null;
}

function put(view: EditorView, { from, to, found }: Offer, index: number): void {
  const { source } = found[index].node;
  const { state } = view;
  const alone = from === 0 && to === state.doc.length;
  const becomesFx = !isFx(state) && alone && parsePath(source) === null;
  const bare = isFx(state) || becomesFx;
  // Braces that are closed already are not closed twice.
  const isOpened = !bare && state.sliceDoc(from, from + 2) === '{{';
  const closed = isOpened ? (/^\s*\}\}/.exec(state.sliceDoc(to, to + 10))?.[0].length ?? 0) : 0;
  const insert = bare ? source : inBraces(source);
  view.dispatch({
    changes: { from, to: to + closed, insert },
    selection: { anchor: from + insert.length },
    effects: becomesFx ? setFx.of(true) : [],
    scrollIntoView: true,
    userEvent: 'input.complete',
    annotations: isolateHistory.of('full'),
  });
}

function drawn(view: EditorView, id: string, offerOf: (state: EditorState) => Offer | null): TooltipView {
  const dom = document.createElement('div');
  dom.className = classes.list;
  dom.setAttribute('role', 'listbox');
  dom.setAttribute('aria-label', 'Data to insert');
  // The field keeps the focus.
  dom.onmousedown = (event) => {
    event.preventDefault();
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=option]') : null;
    const now = offerOf(view.state);
    if (option && now) put(view, now, Number(option.dataset.index));
  };
  let shown: Offer['found'] | undefined;
  const draw = () => {
    const now = offerOf(view.state);
    if (!now) return;
    if (now.found !== shown) dom.replaceChildren(...rowsOf(now.found, id));
    shown = now.found;
    for (const option of dom.querySelectorAll<HTMLElement>('[role=option]')) {
      const isChosen = Number(option.dataset.index) === now.chosen;
      option.setAttribute('aria-selected', String(isChosen));
      if (isChosen) option.scrollIntoView({ block: 'nearest' });
    }
  };
  draw();
  return { dom, update: draw };
}

function rowsOf(found: Offer['found'], id: string): HTMLElement[] {
  const groups = new Map<DataGroup, HTMLElement>();
  found.forEach(({ group, node, trail }, index) => {
    let section = groups.get(group);
    if (!section) {
      const title = group.badge ? `${group.badge} · ${group.title}` : group.title;
      section = element('div', '', '', { role: 'group', 'aria-label': title });
      section.append(element('p', classes.title, title, { 'aria-hidden': 'true' }));
      groups.set(group, section);
    }
    section.append(option(node, trail, `${id}-${index}`, index));
  });
  return [...groups.values()];
}

function option(node: DataNode, trail: string, id: string, index: number): HTMLElement {
  const row = element('div', classes.option, '', { role: 'option', id, 'data-index': String(index) });
  row.append(element('span', classes.label, trail), ' ', element('span', classes.detail, node.shown));
  return row;
}

function element(tag: string, className: string, text: string, attributes: Record<string, string> = {}): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
