import { Menu } from '@mantine/core';
import { memo, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Pair } from '../../../api/types.js';
import { Button, IconButton } from '../../../ui/button.js';
import { IconCheck, IconGripVertical, IconX } from '../../../ui/icons.js';
import { useFieldScope } from '../fields/field-scope.js';
import type { Preview } from '../fields/preview-store.js';
import { PreviewLine, TemplateField } from '../fields/template-field.js';
import { effectOfEmpty, filesIn, filesText, RULES, type PairPlace, type WhenMissing } from './effect.js';
import { FileUpload } from './file-upload.js';
import { JsonValueField } from './json-value-field.js';
import { useProblem } from './problems.js';
import classes from './pairs-editor.module.css';

export interface PairRowProps {
  /** JSON pointer of the list within the step, as `/input/body`. */
  path: string;
  index: number;
  count: number;
  /** Null: a row that is not in the draft yet, because it has no key. */
  pair: Pair;
  isNew: boolean;
  what: string;
  place: PairPlace;
  omitNulls: boolean;
  readOnly: boolean;
  onChange: (index: number, pair: Pair, field: string) => void;
  onRemove: (index: number) => void;
  onMove: (index: number, by: -1 | 1) => void;
}

/** One key with its value, and what will become of it. */
export const PairRow = memo(function PairRow(props: PairRowProps) {
  const { path, index, pair, isNew, what, place, omitNulls, readOnly, onChange, onRemove, onMove } = props;
  const { sample } = useFieldScope();
  const keyField = useRef<HTMLInputElement>(null);
  const [key, setKey] = useState(pair.key);
  const here = `${path}/${index}`;
  const keyProblem = useProblem(`${here}/key`);
  const valueProblem = useProblem(`${here}/value`, true) ?? useProblem(here);
  useEffect(() => {
    if (pair.key !== '') setKey(pair.key);
  }, [pair.key]);
  useLayoutEffect(() => {
    if (isNew) keyField.current?.focus();
    // Only when it appears.
  }, []);
  const named = key || `new ${what}`;
  const isBlank = key.trim() === '';
  const onKeys = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || isNew) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(index, event.key === 'ArrowUp' ? -1 : 1);
  };
  const setValue = (value: unknown) => onChange(index, { ...pair, value }, 'value');
  const effect = (preview: Preview | undefined): ReactNode => {
    const files = place === 'form-data' ? filesIn(preview) : 0;
    const empty = sample.kind === 'none' ? null : effectOfEmpty(pair, preview, omitNulls, place);
    if (empty) return <span className={classes.empty}>{empty}</span>;
    if (files > 1 && !pair.key.endsWith('[]'))
      return (
        <span className={classes.bad}>
          A plain key sends one file, and there are {files}.{' '}
          <Button small look="quiet" onClick={() => onChange(index, { ...pair, key: `${pair.key}[]` }, 'key')}>
            Add []
          </Button>
        </span>
      );
    if (files > 0) return <span className={classes.soft}>{filesText(preview)}</span>;
    return (
      <PreviewLine
        preview={preview}
        value={typeof pair.value === 'string' ? pair.value : ''}
        as={place === 'json' ? 'value' : 'text'}
      />
    );
  };

  return (
    <div
      className={classes.row}
      role="group"
      aria-label={`${what} ${named}`}
      onKeyDown={onKeys}
      data-bad={keyProblem || valueProblem ? true : undefined}
    >
      <Menu position="bottom-start" disabled={readOnly}>
        <Menu.Target>
          <button
            type="button"
            className={classes.grip}
            aria-label={`Options of ${named}`}
            title="Options. Alt+↑ and Alt+↓ move the row"
          >
            <IconGripVertical size={14} stroke={1.7} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={isNew || index === 0} onClick={() => onMove(index, -1)}>
            Move up
          </Menu.Item>
          <Menu.Item disabled={isNew || index === props.count - 1} onClick={() => onMove(index, 1)}>
            Move down
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>When its value is empty</Menu.Label>
          <RuleItem
            checked={pair.whenMissing === undefined}
            onPick={() => onChange(index, withRule(pair, undefined), 'rule')}
          >
            As the checkbox says
          </RuleItem>
          {(Object.keys(RULES) as WhenMissing[]).map((rule) => (
            <RuleItem
              key={rule}
              checked={pair.whenMissing === rule}
              onPick={() => onChange(index, withRule(pair, rule), 'rule')}
            >
              {RULES[rule]}
            </RuleItem>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => onRemove(index)}>Remove</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <div className={classes.key}>
        <input
          ref={keyField}
          value={key}
          readOnly={readOnly}
          aria-label={`Key of ${what} ${index + 1}`}
          aria-invalid={isBlank && !isNew ? true : undefined}
          placeholder="key"
          maxLength={1024}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            const next = event.currentTarget.value;
            setKey(next);
            // The draft never holds a row without a key: it could not be saved.
            if (next !== '') onChange(index, { ...pair, key: next }, 'key');
          }}
        />
        {isBlank && !isNew && <p className={classes.bad}>Give it a key. Until then it is “{pair.key}”.</p>}
        {keyProblem && <p className={classes.bad}>{keyProblem}</p>}
        {place === 'form-data' && isSeveral(pair.value) && !pair.key.endsWith('[]') && (
          <p className={classes.bad}>
            Several files need a key that ends in [].{' '}
            <Button small look="quiet" onClick={() => onChange(index, { ...pair, key: `${pair.key}[]` }, 'key')}>
              Add []
            </Button>
          </p>
        )}
      </div>
      <div className={classes.value}>
        {typeof pair.value === 'string' || isUnfilled(pair) ? (
          <TemplateField
            id={`${here}/value`}
            label={`Value of ${named}`}
            name={named}
            value={typeof pair.value === 'string' ? pair.value : ''}
            as="value"
            look="cell"
            problem={valueProblem}
            effect={effect}
            onChange={setValue}
          />
        ) : isFileValue(pair.value) ? (
          <FileUpload value={pair.value} name={named} onChange={setValue} />
        ) : (
          <JsonValueField
            id={`${here}/value`}
            name={named}
            value={pair.value}
            problem={valueProblem}
            onChange={setValue}
          />
        )}
        {pair.whenMissing !== undefined && (
          <p className={classes.rule}>
            When empty: {RULES[pair.whenMissing].toLowerCase()}
            {pair.whenMissing === 'default' && (
              <input
                className={classes.default}
                aria-label={`Value of ${named} when it is empty`}
                placeholder="value"
                readOnly={readOnly}
                value={
                  typeof pair.default === 'string'
                    ? pair.default
                    : pair.default === undefined
                      ? ''
                      : JSON.stringify(pair.default)
                }
                onChange={(event) => onChange(index, { ...pair, default: event.currentTarget.value }, 'default')}
              />
            )}
          </p>
        )}
      </div>
      {!readOnly && (
        <IconButton label={`Remove ${named}`} icon={<IconX size={14} stroke={1.7} />} onClick={() => onRemove(index)} />
      )}
    </div>
  );
});

function RuleItem({ checked, onPick, children }: { checked: boolean; onPick: () => void; children: ReactNode }) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={checked}
      onClick={onPick}
      leftSection={<IconCheck size={14} visibility={checked ? 'visible' : 'hidden'} />}
    >
      {children}
    </Menu.Item>
  );
}

function withRule(pair: Pair, rule: WhenMissing | undefined): Pair {
  const { whenMissing: _was, default: instead, ...rest } = pair;
  if (rule === undefined) return rest;
  return rule === 'default' ? { ...rest, whenMissing: rule, default: instead ?? '' } : { ...rest, whenMissing: rule };
}

const isStored = (value: unknown): boolean => typeof value === 'object' && value !== null && 'fileId' in value;
const isFileValue = (value: unknown): value is { fileId: string } | { fileId: string }[] =>
  Array.isArray(value) ? value.every(isStored) : isStored(value);
const isSeveral = (value: unknown): boolean => Array.isArray(value) && value.length > 1 && value.every(isStored);

/** As an import leaves what has no value yet; a null that is meant has no rule of its own. */
const isUnfilled = ({ value, whenMissing }: Pair): boolean =>
  value === null && (whenMissing === 'omit' || whenMissing === 'fail');
