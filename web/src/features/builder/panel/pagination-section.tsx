import { useId, useState } from 'react';
import type { StepTestAnswer } from '../../../api/types.js';
import { Checkbox, Select, TextInput } from '../../../ui/controls.js';
import { tryParse } from '../../../ui/exact-json.js';
import { useStepTest } from '../test/test-context.js';
import type { AnyInput } from './change-action.js';
import { ConditionField } from './condition-field.js';
import { NumberField } from './number-field.js';
import { changeRule, listPathsIn, RULES, startRule, type Pagination } from './pagination.js';
import { useProblem } from './problems.js';
import type { EditInput } from './use-step.js';
import classes from './http-form.module.css';

interface PaginationSectionProps {
  input: AnyInput;
  readOnly: boolean;
  edit: EditInput;
}

/** Reads a list that comes in pages to its end: how the next page is found, and when to stop. */
export function PaginationSection({ input, readOnly, edit }: PaginationSectionProps) {
  const rule = input.pagination;
  // Switched off and on again it is what it was.
  const [before, setBefore] = useState<Pagination | null>(null);
  const problem = useProblem('/input/pagination');
  return (
    <div className={classes.section} data-pointer="/input/pagination">
      <Checkbox
        checked={rule !== null}
        disabled={readOnly}
        hint="One call for each page; the step’s answer is the list of all items."
        onChange={(isOn) => {
          setBefore(rule);
          edit(isOn ? 'read all pages' : 'read one page only', (now) => ({
            ...now,
            pagination: isOn ? (before ?? startRule('next-url')) : null,
          }));
        }}
      >
        Read every page
      </Checkbox>
      {problem && <p className={classes.problem}>{problem}</p>}
      {rule !== null && <RuleFields rule={rule} readOnly={readOnly} edit={edit} />}
    </div>
  );
}

function RuleFields({ rule, readOnly, edit }: { rule: Pagination; readOnly: boolean; edit: EditInput }) {
  const { answer } = useStepTest();
  const paths = listPathsIn(bodyOf(answer));
  const put = (label: string, change: Partial<Pagination>, merge?: string) =>
    edit(
      label,
      (now) => ({ ...now, pagination: { ...now.pagination, ...change } as Pagination }),
      merge && `pagination/${merge}`,
    );
  const set = (name: keyof Pagination | 'next' | 'parameter') => (value: string) =>
    put('change how pages are read', { [name]: value }, name);
  return (
    <>
      <div className={classes.grid}>
        <Select
          label="The next page is found"
          value={rule.by}
          disabled={readOnly}
          hint={RULES[rule.by].hint}
          onChange={(event) => {
            const by = event.currentTarget.value as Pagination['by'];
            edit('change how pages are read', (now) => ({ ...now, pagination: changeRule(rule, by) }));
          }}
        >
          {Object.entries(RULES).map(([by, { text }]) => (
            <option key={by} value={by}>
              {text}
            </option>
          ))}
        </Select>
        {'parameter' in rule && (
          <NeededText
            label="Query parameter"
            path="/input/pagination/parameter"
            maxLength={1_024}
            value={rule.parameter}
            readOnly={readOnly}
            onChange={set('parameter')}
          />
        )}
        {'next' in rule && (
          <NeededText
            label={rule.by === 'cursor' ? 'Where the answer has the cursor' : 'Where the answer has the address'}
            path="/input/pagination/next"
            hint="Nothing there ends it."
            maxLength={4_096}
            value={rule.next}
            readOnly={readOnly}
            onChange={set('next')}
          />
        )}
        {'first' in rule && (
          <NumberField
            label={rule.by === 'page' ? 'Number of the first page' : 'First offset'}
            path="/input/pagination/first"
            value={rule.first}
            min={0}
            max={1_000_000_000}
            readOnly={readOnly}
            onChange={(first) => put('change how pages are read', { first }, 'first')}
          />
        )}
        {rule.by === 'offset' && (
          <OffsetSize
            size={rule.size}
            readOnly={readOnly}
            onChange={(size) => put('change how pages are read', { size }, 'size')}
          />
        )}
        <NeededText
          label="Where a page has its items"
          path="/input/pagination/items"
          hint="An expression over status, headers and body: body.items. The whole answer: body."
          maxLength={4_096}
          choices={paths}
          value={rule.items}
          readOnly={readOnly}
          onChange={set('items')}
        />
        <NumberField
          label="Pages at most"
          path="/input/pagination/maxPages"
          hint="Reaching it is no failure: hasMore is true then."
          value={rule.maxPages}
          min={1}
          max={1_000}
          readOnly={readOnly}
          onChange={(maxPages) => put('change how pages are read', { maxPages }, 'maxPages')}
        />
      </div>
      <Checkbox
        checked={rule.stopWhenEmpty}
        disabled={readOnly}
        onChange={(stopWhenEmpty) => put('change when pages end', { stopWhenEmpty })}
      >
        Stop at a page without items
      </Checkbox>
      <ConditionField
        id="/input/pagination/stopWhen"
        label="Stop after a page if"
        value={rule.stopWhen}
        readOnly={readOnly}
        preview={false}
        hint="Looks at status, headers, body and page of the page just read, for example: body.done == true. Empty: never."
        onChange={(stopWhen) => put('change when pages end', { stopWhen }, 'stopWhen')}
      />
      <p className={classes.soft}>A test reads the first page only.</p>
    </>
  );
}

interface NeededTextProps {
  label: string;
  path: string;
  hint?: string;
  maxLength: number;
  choices?: string[];
  value: string;
  readOnly: boolean;
  onChange: (value: string) => void;
}

/** A text that may not be empty: nothing in the field is not in the draft. */
function NeededText({ label, path, choices = [], value, onChange, ...rest }: NeededTextProps) {
  const [isEmpty, setEmpty] = useState(false);
  const [shown, setShown] = useState(value);
  const problem = useProblem(path);
  const listId = useId();
  if (shown !== value) {
    setShown(value);
    setEmpty(false);
  }
  return (
    <div data-pointer={path}>
      <TextInput
        {...rest}
        label={label}
        required
        mono
        spellCheck={false}
        list={choices.length > 0 ? listId : undefined}
        problem={isEmpty ? 'This cannot be empty.' : problem}
        value={isEmpty ? '' : value}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setEmpty(next === '');
          if (next !== '') onChange(next);
        }}
      />
      {choices.length > 0 && (
        <datalist id={listId}>
          {choices.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </div>
  );
}

interface OffsetSizeProps {
  size: number | null;
  readOnly: boolean;
  onChange: (size: number | null) => void;
}

function OffsetSize({ size, readOnly, onChange }: OffsetSizeProps) {
  return (
    <div>
      <Select
        label="The offset grows by"
        value={size === null ? 'came' : 'size'}
        disabled={readOnly}
        onChange={(event) => onChange(event.currentTarget.value === 'size' ? 100 : null)}
      >
        <option value="came">as many items as came</option>
        <option value="size">a fixed number</option>
      </Select>
      {size !== null && (
        <NumberField
          label="Items of a page"
          path="/input/pagination/size"
          value={size}
          min={1}
          max={1_000_000}
          readOnly={readOnly}
          onChange={onChange}
        />
      )}
    </div>
  );
}

const bodyOf = (answer: StepTestAnswer | null): unknown =>
  answer?.response?.body == null ? undefined : tryParse(answer.response.body);
