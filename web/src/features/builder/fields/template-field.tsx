import { Menu } from '@mantine/core';
import { lazy, memo, Suspense, useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { announce } from '../../../ui/announce.js';
import { useDraftStore } from '../draft/draft-context.js';
import { PICKER_ID } from '../insert/insert-target.js';
import { useFieldScope } from './field-scope.js';
import { inBraces, loneExpression, parsePath } from '../../../mapping/template.js';
import type { EditorHandle } from './template-editor.js';
import { TemplateText } from '../../../mapping/template-text.js';
import { jsonLine, usePreview } from './use-preview.js';
import type { Preview } from './preview-store.js';
import classes from './template-field.module.css';

const TemplateEditor = lazy(() => import('./template-editor.js'));

export interface TemplateFieldProps {
  /** The JSON pointer of the value within its step: unique on the page. */
  id: string;
  /** Read out: `Value of amount`. */
  label: string;
  /** What the picker says that it inserts into: `amount`. */
  name: string;
  value: string;
  onChange: (value: string) => void;
  as?: 'value' | 'url' | 'text' | 'json';
  multiline?: boolean;
  placeholder?: string;
  problem?: string;
  required?: boolean;
  look?: 'box' | 'cell';
  mono?: boolean;
  /** Expressions make no sense of a text with several lines, or of a URL. */
  noFx?: boolean;
  /** In the place of the preview, where there is more to say. */
  effect?: (preview: Preview | undefined) => ReactNode;
  before?: ReactNode;
}

/** One value: text and data as pills, or one expression; with what it comes to under it. */
export const TemplateField = memo(function TemplateField(props: TemplateFieldProps) {
  const { id, label, name, value, onChange, as = 'value', look = 'box', problem, noFx, effect } = props;
  const { names, groups, insert, readOnly } = useFieldScope();
  const store = useDraftStore();
  const editor = useRef<EditorHandle>(null);
  const [fx, setFx] = useState(() => isExpression(value));
  const [focused, setFocused] = useState(false);
  const [refusal, setRefusal] = useState('');
  const [pill, setPill] = useState<{ from: number; to: number } | null>(null);
  const isTarget = useStore(insert, ({ target }) => target?.id === id);
  const base = useId();
  const { now, isOld } = usePreview(as, value);

  const onFocus = (isFocused: boolean) => {
    setFocused(isFocused);
    setRefusal('');
    if (!isFocused) return store.getState().endEdit();
    insert.getState().setTarget({
      id,
      name,
      insert: (source) => editor.current?.insert(source),
      focus: () => editor.current?.focus(),
    });
  };
  // A field that is gone takes nothing any more.
  useEffect(
    () => () => {
      if (insert.getState().target?.id === id) insert.getState().setTarget(null);
    },
    [insert, id],
  );
  const toggleFx = () => {
    const reason = editor.current?.switchFx(!fx) ?? null;
    setRefusal(reason ?? '');
    if (reason) announce(reason);
  };
  const under = problem ? null : effect ? effect(now) : <PreviewLine preview={now} value={value} as={as} />;
  const describedBy = [problem && `${base}-problem`, `${base}-preview`].filter(Boolean).join(' ');

  return (
    <div
      className={classes.field}
      data-look={look}
      data-focused={focused || undefined}
      data-bad={problem ? true : undefined}
      data-target={isTarget || undefined}
      data-pointer={id}
    >
      <div className={classes.row}>
        {props.before}
        {fx && (
          <span className={classes.fx} aria-hidden>
            fx
          </span>
        )}
        <div
          className={classes.editor}
          data-mono={props.mono || fx || undefined}
          data-multiline={props.multiline || undefined}
        >
          <Suspense
            fallback={
              <span className={classes.still}>
                <TemplateText value={value} names={names} />
              </span>
            }
          >
            <TemplateEditor
              ref={editor}
              value={value}
              names={names}
              groups={groups}
              readOnly={readOnly}
              multiline={props.multiline}
              placeholder={props.placeholder}
              attributes={{
                'aria-label': fx ? `${label}, expression` : label,
                ...(isTarget ? { 'aria-controls': PICKER_ID } : {}),
                'aria-describedby': describedBy,
                ...(problem ? { 'aria-invalid': 'true' } : {}),
                ...(props.required ? { 'aria-required': 'true' } : {}),
              }}
              onChange={onChange}
              onFx={setFx}
              onFocus={onFocus}
              onPill={setPill}
            />
          </Suspense>
          {pill && <PillMenu editor={editor.current} place={pill} canFx={!noFx && !fx} onClose={() => setPill(null)} />}
        </div>
        {!noFx && !readOnly && (
          <button
            type="button"
            className={classes.fxButton}
            aria-pressed={fx}
            aria-label={`fx: expression for ${name}`}
            title={fx ? 'Back to text' : 'Write an expression (or type = first)'}
            onClick={toggleFx}
          >
            fx
          </button>
        )}
      </div>
      <div id={`${base}-preview`} className={classes.under} data-old={isOld || undefined}>
        {under}
      </div>
      {refusal && (
        <p className={classes.note} role="status">
          {refusal}
        </p>
      )}
      {problem && (
        <p id={`${base}-problem`} className={classes.problem}>
          {problem}
        </p>
      )}
    </div>
  );
});

function isExpression(value: string): boolean {
  const source = loneExpression(value);
  return source !== null && source !== '' && parsePath(source) === null;
}

/** The JSON of what goes out, or why there is none. */
export function PreviewLine({ preview, value, as }: { preview: Preview | undefined; value: string; as?: string }) {
  if (!preview) {
    if (value === '' || as === 'url' || as === 'text') return null;
    return value.includes('{{') ? null : <span className={classes.value}>{jsonLine(value)}</span>;
  }
  if (preview.kind === 'error') {
    return <span className={preview.code === 'too_large' ? classes.value : classes.bad}>{preview.message}</span>;
  }
  if (as === 'url' && preview.value === value) return null;
  return (
    <span className={`${classes.value} foreign`}>
      {as === 'url' || as === 'text' ? String(preview.value) : jsonLine(preview.value)}
    </span>
  );
}

interface PillMenuProps {
  editor: EditorHandle | null;
  place: { from: number; to: number };
  canFx: boolean;
  onClose: () => void;
}

function PillMenu({ editor, place, canFx, onClose }: PillMenuProps) {
  const at = editor?.placeOf(place.from);
  const close = () => {
    onClose();
    editor?.focus();
  };
  if (!editor || !at) return null;
  const text = editor.textAt(place);
  const source = loneExpression(text) ?? text;
  const wrap = (expression: string) => {
    editor.replace(place, canFx ? inBraces(expression) : expression);
    onClose();
  };
  return (
    <Menu opened onClose={close} position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <span
          ref={(mark) => {
            mark?.style.setProperty('left', `${at.left}px`);
            mark?.style.setProperty('top', `${at.bottom}px`);
          }}
          className={classes.mark}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{source}</Menu.Label>
        <Menu.Item
          onClick={() => {
            editor.replace(place, '');
            onClose();
          }}
        >
          Remove
        </Menu.Item>
        <Menu.Item onClick={() => wrap(`string(${source})`)}>Always as text</Menu.Item>
        <Menu.Item onClick={() => wrap(withDefault(source))}>With a value for when it is missing</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** `trigger.data.a.b` with a default: CEL's optional access of its last part. */
function withDefault(source: string): string {
  const dot = source.lastIndexOf('.');
  return dot > 0 && /^\.[A-Za-z_]\w*$/.test(source.slice(dot))
    ? `${source.slice(0, dot)}.?${source.slice(dot + 1)}.orValue("")`
    : `(${source} == null ? "" : ${source})`;
}
