import { useId, useRef } from 'react';
import { useDraftStore } from '../draft/draft-context.js';
import { useFieldScope } from '../fields/field-scope.js';
import { usePreview } from '../fields/use-preview.js';
import { Labelled } from '../../../ui/controls.js';
import { useProblem } from './problems.js';
import controls from '../../../ui/controls.module.css';

interface ConditionFieldProps {
  /** JSON pointer within the step or the trigger. */
  id: string;
  label: string;
  value: string | null;
  readOnly: boolean;
  hint?: string;
  /** What a true and a false mean here. */
  outcome?: [yes: string, no: string];
  /** Off for what looks at an answer that is not there yet. */
  preview?: boolean;
  onChange: (condition: string | null) => void;
}

/** A condition in CEL, and what it is for the sample. */
export function ConditionField({
  id,
  label,
  value,
  readOnly,
  hint,
  outcome = ['the step runs', 'the step is skipped'],
  preview = true,
  onChange,
}: ConditionFieldProps) {
  const { insert } = useFieldScope();
  const store = useDraftStore();
  const problem = useProblem(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const previewId = useId();
  const text = value ?? '';
  const { now } = usePreview('condition', preview ? text : '');
  const put = (next: string) => onChange(next.trim() === '' ? null : next);
  return (
    <Labelled
      label={label}
      problem={problem}
      hint={hint ?? 'For example: trigger.data.total > 1000 && trigger.data.status == "Approved"'}
    >
      {({ id: fieldId, describedBy, invalid }) => (
        <>
          <textarea
            ref={field}
            id={fieldId}
            className={controls.input}
            data-mono
            data-pointer={id}
            rows={2}
            maxLength={10_000}
            spellCheck={false}
            readOnly={readOnly}
            aria-describedby={[describedBy, previewId].filter(Boolean).join(' ')}
            aria-invalid={invalid}
            placeholder="always"
            value={text}
            onChange={(event) => put(event.currentTarget.value)}
            onFocus={() =>
              insert.getState().setTarget({
                id,
                name: label.toLowerCase(),
                focus: () => field.current?.focus(),
                insert: (source) => {
                  const at = field.current;
                  if (!at) return;
                  at.setRangeText(source, at.selectionStart, at.selectionEnd, 'end');
                  put(at.value);
                },
              })
            }
            onBlur={() => store.getState().endEdit()}
          />
          <p id={previewId} className={now?.kind === 'error' ? controls.problem : controls.hint}>
            {text.trim() !== '' && now?.kind === 'error' && now.message}
            {text.trim() !== '' &&
              now?.kind === 'value' &&
              `${String(now.value)} for the sample: ${now.value === true ? outcome[0] : outcome[1]}.`}
          </p>
        </>
      )}
    </Labelled>
  );
}
