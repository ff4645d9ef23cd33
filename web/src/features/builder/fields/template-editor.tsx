import type { EditorView } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef, type Ref, useImperativeHandle } from 'react';
import { createField, insertSource, showValue, switchFx } from './editor.js';
import { inlineList, renewOffer } from './inline-list.js';
import type { DataGroup } from '../insert/data-tree.js';
import type { PillNames } from '../../../mapping/pill.js';
import { renamePills } from './pills.js';

export interface EditorHandle {
  focus: () => void;
  insert: (source: string) => void;
  /** Answers why not, where it cannot be done without changing the value. */
  switchFx: (fx: boolean) => string | null;
  /** Puts something in the place of a pill. */
  replace: (place: { from: number; to: number }, text: string) => void;
  textAt: (place: { from: number; to: number }) => string;
  placeOf: (at: number) => { left: number; bottom: number } | null;
}

export interface TemplateEditorProps {
  ref?: Ref<EditorHandle>;
  value: string;
  names: PillNames;
  groups: DataGroup[];
  multiline?: boolean;
  placeholder?: string;
  attributes: Record<string, string>;
  readOnly: boolean;
  onChange: (value: string) => void;
  onFx: (fx: boolean) => void;
  onFocus: (focused: boolean) => void;
  onPill: (place: { from: number; to: number }) => void;
}

/** The editor itself: the one part of a field that needs CodeMirror. Loaded when the first field is shown. */
export default function TemplateEditor({ ref, value, names, groups, attributes, ...rest }: TemplateEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(groups);
  latest.current = groups;
  const onChange = useEffectEvent(rest.onChange);
  const onFx = useEffectEvent(rest.onFx);
  const onFocus = useEffectEvent(rest.onFocus);
  const onPill = useEffectEvent(rest.onPill);
  const start = useEffectEvent((parent: HTMLElement) =>
    createField(parent, {
      value,
      names,
      attributes,
      multiline: rest.multiline,
      placeholder: rest.placeholder,
      readOnly: rest.readOnly,
      list: inlineList(() => latest.current),
      onChange: (text) => onChange(text),
      onFx: (fx) => onFx(fx),
      onFocus: (focused) => onFocus(focused),
      onPill: (place) => onPill(place),
    }),
  );
  useEffect(() => {
    const made = start(box.current!);
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [rest.readOnly]);
  useEffect(() => {
    if (view.current) showValue(view.current, value);
  }, [value]);
  useEffect(() => view.current?.dispatch({ effects: renamePills(names) }), [names]);
  useEffect(() => {
    if (view.current) renewOffer(view.current);
  }, [groups]);
  const {
    'aria-label': label,
    'aria-describedby': described,
    'aria-invalid': invalid,
    'aria-controls': controls,
  } = attributes;
  useEffect(() => {
    const content = view.current?.contentDOM;
    if (!content) return;
    // A narrow page may not have the picker at hand.
    const picker = controls && document.getElementById(controls) ? controls : undefined;
    const now = {
      'aria-label': label,
      'aria-describedby': described,
      'aria-invalid': invalid,
      'aria-controls': picker,
    };
    for (const [name, value] of Object.entries(now)) {
      if (value) content.setAttribute(name, value);
      else content.removeAttribute(name);
    }
  }, [label, described, invalid, controls]);
  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    insert: (source) => view.current && insertSource(view.current, source),
    switchFx: (fx) => (view.current ? switchFx(view.current, fx) : null),
    replace: ({ from, to }, text) => {
      view.current?.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
      view.current?.focus();
    },
    textAt: ({ from, to }) => view.current?.state.sliceDoc(from, to) ?? '',
    placeOf: (at) => {
      const place = view.current?.coordsAtPos(at, 1);
      const frame = box.current?.getBoundingClientRect();
      return place && frame ? { left: place.left - frame.left, bottom: place.bottom - frame.top } : null;
    },
  }));
  return <div ref={box} data-template-editor />;
}
