import { useState } from 'react';
import type { Step } from '../../../api/types.js';
import { Segmented } from '../../../ui/segmented.js';
import { formatDuration } from '../../../ui/time.js';
import { useDraft } from '../draft/draft-context.js';
import type { AnyInput } from './change-action.js';
import { ConditionField } from './condition-field.js';
import { Checkbox, Select, TextInput } from '../../../ui/controls.js';
import { NumberField } from './number-field.js';
import { delaysOf } from './delays.js';
import { useProblem } from './problems.js';
import { useEditInput, useEditStep } from './use-step.js';
import classes from './http-form.module.css';

/** What the server takes where a step says nothing. */
const CONNECT_TIMEOUT_MS = 10_000;

/** How often a step is tried, what counts as a failure, and what follows when it fails for good. */
export function RetriesTab({ step }: { step: Step }) {
  const readOnly = useDraft((state) => state.readOnly);
  const edit = useEditStep(step.key);
  const editInput = useEditInput(step.key);
  const { retry } = step;
  const input = step.input as AnyInput;
  const setRetry = (change: Partial<Step['retry']>, merge?: string) =>
    edit('change the retries', (now) => ({ ...now, retry: { ...now.retry, ...change } }), merge && `retry/${merge}`);
  const delays = delaysOf(retry);
  return (
    <div className={classes.form}>
      <section className={classes.section} aria-labelledby="retry-title">
        <h3 id="retry-title" className={classes.heading}>
          Tries
        </h3>
        <div className={classes.grid}>
          <NumberField
            label="Tries in all"
            path="/retry/attempts"
            value={retry.attempts}
            min={1}
            max={20}
            readOnly={readOnly}
            onChange={(attempts) => setRetry({ attempts }, 'attempts')}
          />
          <div>
            <p className={classes.controlLabel}>Waiting between them</p>
            <fieldset className={classes.methods} disabled={readOnly}>
              <Segmented
                label="Waiting between tries"
                options={[
                  { value: 'exponential', text: 'Longer each time' },
                  { value: 'fixed', text: 'Always the same' },
                ]}
                value={retry.backoff}
                onChange={(backoff) => setRetry({ backoff })}
              />
            </fieldset>
          </div>
          <NumberField
            label="First wait"
            unit="s"
            factor={1_000}
            path="/retry/firstDelayMs"
            value={retry.firstDelayMs}
            min={0}
            max={86_400_000}
            readOnly={readOnly}
            onChange={(firstDelayMs) =>
              setRetry({ firstDelayMs, maxDelayMs: Math.max(firstDelayMs, retry.maxDelayMs) }, 'first')
            }
          />
          <NumberField
            label="Longest wait"
            unit="s"
            factor={1_000}
            path="/retry/maxDelayMs"
            value={retry.maxDelayMs}
            min={retry.firstDelayMs}
            max={86_400_000}
            readOnly={readOnly}
            onChange={(maxDelayMs) => setRetry({ maxDelayMs }, 'max')}
          />
        </div>
        <p className={classes.soft}>
          {delays.length === 0
            ? 'It is tried once.'
            : `Waits ${delays.slice(0, 5).map(formatDuration).join(', ')}${delays.length > 5 ? ' …' : ''}: about ${formatDuration(delays.reduce((sum, ms) => sum + ms, 0))} in all. An answer that says Retry-After is obeyed.`}
        </p>
        <CodeList
          label="Try again on"
          path="/retry/on"
          value={retry.on}
          pattern={/^(network|[1-5]\d\d|[1-5]xx)$/}
          hint="network, a status (408) or a class (5xx), with commas"
          readOnly={readOnly}
          onChange={(on) => setRetry({ on }, 'on')}
        />
      </section>
      <section className={classes.section} aria-labelledby="failure-title">
        <h3 id="failure-title" className={classes.heading}>
          What counts as success
        </h3>
        <CodeList
          label="Success is"
          path="/input/success/statuses"
          value={input.success.statuses}
          pattern={/^[1-5](\d\d|xx)$/}
          atLeastOne
          hint="a status (201) or a class (2xx), with commas"
          readOnly={readOnly}
          onChange={(statuses) =>
            editInput(
              'change what counts as success',
              (now) => ({ ...now, success: { ...now.success, statuses } }),
              'statuses',
            )
          }
        />
        <ConditionField
          id="/input/success/when"
          label="And only if"
          value={input.success.when}
          readOnly={readOnly}
          hint="Looks at status, headers and body of the answer, for example: body.ok == true"
          preview={false}
          onChange={(when) =>
            editInput('change what counts as success', (now) => ({ ...now, success: { ...now.success, when } }), 'when')
          }
        />
        <NumberField
          label="Redirects to follow"
          path="/input/redirects"
          value={input.redirects}
          min={0}
          max={10}
          readOnly={readOnly}
          onChange={(redirects) => editInput('change the redirects', (now) => ({ ...now, redirects }), 'redirects')}
        />
      </section>
      <section className={classes.section} aria-labelledby="timeout-title">
        <h3 id="timeout-title" className={classes.heading}>
          Time
        </h3>
        <NumberField
          label="Give a try up after"
          unit="s"
          factor={1_000}
          path="/timeoutMs"
          value={step.timeoutMs}
          min={1}
          max={300_000}
          readOnly={readOnly}
          hint="At most 300 s, the answer’s body included."
          onChange={(timeoutMs) => edit('change the timeout', (now) => ({ ...now, timeoutMs }), 'timeoutMs')}
        />
        <div className={classes.grid}>
          <NumberField
            label="Until the connection stands"
            unit="s"
            factor={1_000}
            path="/connectTimeoutMs"
            value={step.connectTimeoutMs ?? Math.min(CONNECT_TIMEOUT_MS, step.timeoutMs)}
            min={1}
            max={300_000}
            readOnly={readOnly}
            onChange={(connectTimeoutMs) =>
              edit('change the timeout', (now) => ({ ...now, connectTimeoutMs }), 'connectTimeoutMs')
            }
          />
          <NumberField
            label="From then until the answer begins"
            unit="s"
            factor={1_000}
            path="/firstByteTimeoutMs"
            value={step.firstByteTimeoutMs ?? step.timeoutMs}
            min={1}
            max={300_000}
            readOnly={readOnly}
            onChange={(firstByteTimeoutMs) =>
              edit('change the timeout', (now) => ({ ...now, firstByteTimeoutMs }), 'firstByteTimeoutMs')
            }
          />
        </div>
      </section>
      <section className={classes.section} aria-labelledby="error-title">
        <h3 id="error-title" className={classes.heading}>
          When it fails for good
        </h3>
        <Select
          label="Then"
          value={step.onError}
          disabled={readOnly}
          hint={
            step.onError === 'error-steps'
              ? step.errorSteps.length === 0
                ? 'It has no error steps yet: add one on the canvas, under this step.'
                : `Runs ${step.errorSteps.map(({ name }) => name).join(', ')}, then the run fails with the error of this step.`
              : undefined
          }
          onChange={(event) => {
            const onError = event.currentTarget.value as Step['onError'];
            edit('change what follows a failure', (now) => ({ ...now, onError }));
          }}
        >
          <option value="stop">Stop: the run fails</option>
          <option value="continue">Go on with the next step</option>
          <option value="error-steps">Run the error steps, then fail</option>
        </Select>
        <Checkbox
          checked={step.idempotencyKey}
          disabled={readOnly}
          hint="The same for every try, so that a receiver can tell a repeated call from a new one."
          onChange={(idempotencyKey) => edit('change the idempotency key', (now) => ({ ...now, idempotencyKey }))}
        >
          Send an Idempotency-Key header
        </Checkbox>
      </section>
    </div>
  );
}

interface CodeListProps {
  label: string;
  path: string;
  value: string[];
  pattern: RegExp;
  hint: string;
  atLeastOne?: boolean;
  readOnly: boolean;
  onChange: (codes: string[]) => void;
}

/** Statuses and classes with commas between them; only what is valid reaches the draft. */
function CodeList({ label, path, value, pattern, hint, atLeastOne, readOnly, onChange }: CodeListProps) {
  const [text, setText] = useState(value.join(', '));
  const [shown, setShown] = useState(value);
  const problem = useProblem(path, true);
  if (shown !== value) {
    setShown(value);
    if (codesOf(text).join() !== value.join()) setText(value.join(', '));
  }
  const codes = codesOf(text);
  const wrong = codes.find((code) => !pattern.test(code));
  const own = wrong
    ? `“${wrong}” is none of these.`
    : atLeastOne && codes.length === 0
      ? 'At least one is needed.'
      : undefined;
  return (
    <TextInput
      label={label}
      hint={hint}
      problem={own ?? problem}
      mono
      readOnly={readOnly}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const next = codesOf(event.currentTarget.value);
        if (next.every((code) => pattern.test(code)) && (next.length > 0 || !atLeastOne)) onChange(next);
      }}
    />
  );
}

const codesOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((code) => code !== '');
