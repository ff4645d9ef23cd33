import { lazy, Suspense, useState } from 'react';
import type { Step } from '../../../api/types.js';
import { newStep } from '../../../flow/new-step.js';
import { announce } from '../../../ui/announce.js';
import { Callout } from '../../../ui/callout.js';
import { IconInfoCircle } from '../../../ui/icons.js';
import { Segmented } from '../../../ui/segmented.js';
import { useDraft } from '../draft/draft-context.js';
import { TemplateField } from '../fields/template-field.js';
import { BodySection } from './body-section.js';
import { changeAction, type ActionKey, type AnyInput, type Changed } from './change-action.js';
import { changeBodyType } from './change-body-type.js';
import { ConditionField } from './condition-field.js';
import { ConnectionSelect } from './connection-select.js';
import { Fold, Select } from '../../../ui/controls.js';
import { MethodField } from './method-field.js';
import { paginationText } from './pagination.js';
import { PairsEditor } from './pairs-editor.js';
import { NOTHING_PARKED, useParking } from './parking.js';
import { useProblem } from './problems.js';
import { useEditInput, useEditStep } from './use-step.js';
import classes from './http-form.module.css';

/** They are opened seldom. */
const CurlDialog = lazy(() => import('./curl-dialog.js').then(({ CurlDialog: each }) => ({ default: each })));
const PaginationSection = lazy(() =>
  import('./pagination-section.js').then(({ PaginationSection: each }) => ({ default: each })),
);
const OpenApiDialog = lazy(() => import('./openapi-dialog.js').then(({ OpenApiDialog: each }) => ({ default: each })));

const ACTIONS: { value: ActionKey; text: string }[] = [
  { value: 'get', text: 'GET' },
  { value: 'post', text: 'POST' },
  { value: 'put', text: 'PUT' },
  { value: 'custom', text: 'Custom' },
];

/** What an HTTP step calls, and with what. */
export function HttpForm({ step }: { step: Step }) {
  const readOnly = useDraft((state) => state.readOnly);
  const place = useDraft(({ integration }) => `${integration.id}/${step.key}`);
  const editStep = useEditStep(step.key);
  const edit = useEditInput(step.key);
  const [importing, setImporting] = useState<'curl' | 'openapi' | null>(null);
  const parked = useParking((state) => state.parked[place] ?? NOTHING_PARKED);
  const said = useParking((state) => state.said[place] ?? '');
  const park = useParking((state) => state.park);
  const urlProblem = useProblem('/input/url');
  const connectionProblem = useProblem('/connectionId');
  const input = step.input as AnyInput;
  const action = step.action as ActionKey;

  const note = (changed: Changed) => {
    park(place, changed.parked, changed.said);
    if (changed.said) announce(changed.said);
  };
  const setAction = (to: ActionKey) => {
    const changed = changeAction(input, to, parked);
    note(changed);
    editStep(`make it a ${to === 'custom' ? 'custom call' : to.toUpperCase()}`, (now) => ({
      ...now,
      action: to,
      input: changed.input as Step['input'],
    }));
  };

  return (
    <div className={classes.form}>
      <div className={classes.top}>
        <fieldset className={classes.methods} disabled={readOnly}>
          <Segmented label="Method" options={ACTIONS} value={action} onChange={setAction} />
        </fieldset>
        <ConnectionSelect
          label="Sign in with"
          none="No authentication"
          value={step.connectionId}
          problem={connectionProblem}
          readOnly={readOnly}
          onChoose={(connectionId) => editStep('change the connection', (now) => ({ ...now, connectionId }))}
        />
      </div>
      {said && (
        <Callout tone="in" icon={<IconInfoCircle size={17} stroke={1.7} aria-hidden />} title={said}>
          <p>It is kept until you leave this page. Undo brings it back as well.</p>
        </Callout>
      )}
      <div>
        <div className={classes.labelRow}>
          <span className={classes.label}>
            {action === 'custom' ? 'Method and URL' : 'URL'}
            <span className={classes.required} aria-hidden>
              *
            </span>
          </span>
          {!readOnly && (
            <span className={classes.imports}>
              <button type="button" className={classes.link} onClick={() => setImporting('curl')}>
                Paste cURL
              </button>
              <button type="button" className={classes.link} onClick={() => setImporting('openapi')}>
                From OpenAPI
              </button>
            </span>
          )}
        </div>
        <div className={classes.address}>
          {action === 'custom' && <MethodField input={input} edit={edit} readOnly={readOnly} />}
          <TemplateField
            key={step.key}
            id="/input/url"
            label="URL"
            name="URL"
            value={input.url}
            as="url"
            mono
            noFx
            required
            placeholder="https://api.example.com/…"
            problem={urlProblem}
            onChange={(url) => edit('change the URL', (now) => ({ ...now, url }), 'url')}
          />
        </div>
      </div>
      {action !== 'get' && (
        <BodySection
          key={`${step.key} body`}
          input={input}
          isCustom={action === 'custom'}
          readOnly={readOnly}
          edit={edit}
          onType={(type) => {
            const changed = changeBodyType(input, type, parked);
            note(changed);
            edit('change the body type', () => changed.input);
          }}
        />
      )}
      <div>
        <Fold title="HTTP headers" summary={namesOf(input.headers, 'none')} open={input.headers.length > 0}>
          <PairsEditor
            path="/input/headers"
            pairs={input.headers}
            what="header"
            place="headers"
            omitNulls={input.omitNulls}
            readOnly={readOnly}
            onChange={(label, headers, merge) => edit(label, (now) => ({ ...now, headers }), merge)}
          />
        </Fold>
        <Fold title="Query parameters" summary={namesOf(input.query, 'none')} open={input.query.length > 0}>
          <PairsEditor
            path="/input/query"
            pairs={input.query}
            what="query parameter"
            place="query"
            omitNulls={input.omitNulls}
            readOnly={readOnly}
            onChange={(label, query, merge) => edit(label, (now) => ({ ...now, query }), merge)}
          />
          <Select
            label="A list is sent as"
            value={input.queryArrays}
            disabled={readOnly}
            onChange={(event) => {
              const queryArrays = event.currentTarget.value as AnyInput['queryArrays'];
              edit('change how lists are sent', (now) => ({ ...now, queryArrays }));
            }}
          >
            <option value="repeat">the same name again: tag=a&amp;tag=b</option>
            <option value="brackets">with brackets: tag[]=a&amp;tag[]=b</option>
            <option value="indices">with numbers: tag[0]=a&amp;tag[1]=b</option>
            <option value="comma">with commas: tag=a,b</option>
          </Select>
        </Fold>
        <Fold title="Pages of a list" summary={paginationText(input.pagination)} open={input.pagination !== null}>
          <Suspense>
            <PaginationSection input={input} readOnly={readOnly} edit={edit} />
          </Suspense>
        </Fold>
        <Fold title="Only if" summary={step.if ?? 'always'} open={step.if !== null}>
          <ConditionField
            id="/if"
            label="Run this step only if"
            value={step.if}
            readOnly={readOnly}
            onChange={(condition) => editStep('change the condition', (now) => ({ ...now, if: condition }), 'if')}
          />
        </Fold>
      </div>
      <Suspense>
        {importing === 'curl' && (
          <CurlDialog
            onClose={() => setImporting(null)}
            onUse={({ action: found, input: read, timeoutMs }) => {
              editStep('paste a cURL command', (now) => {
                const empty = newStep({ connector: 'http', action: found, title: now.name }, new Set()).input;
                return { ...now, action: found, input: { ...empty, ...read }, timeoutMs: timeoutMs ?? now.timeoutMs };
              });
              announce('The step is filled in from the command');
            }}
          />
        )}
        {importing === 'openapi' && (
          <OpenApiDialog
            onClose={() => setImporting(null)}
            onUse={({ action: found, input: read, name }) => {
              editStep('import an operation', (now) => {
                const empty = newStep({ connector: 'http', action: found, title: name }, new Set());
                return { ...now, name: empty.name, action: found, input: { ...empty.input, ...read } };
              });
              announce('The step is filled in from the document');
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

const namesOf = (pairs: readonly { key: string }[], none: string): string =>
  pairs.length === 0 ? none : `${pairs.length} · ${pairs.map(({ key }) => key).join(', ')}`;
