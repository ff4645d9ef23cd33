import { lazy, Suspense, useState } from 'react';
import type { Pair } from '../../../api/types.js';
import { announce } from '../../../ui/announce.js';
import { Button } from '../../../ui/button.js';
import { IconCode, IconWand } from '../../../ui/icons.js';
import { Segmented } from '../../../ui/segmented.js';
import { TemplateField } from '../fields/template-field.js';
import { bodyText, readBody } from './body-json.js';
import type { AnyInput, BodyType } from './change-action.js';
import { Checkbox, TextInput } from '../../../ui/controls.js';
import type { PairPlace } from './effect.js';
import { PairsEditor } from './pairs-editor.js';
import { useProblem } from './problems.js';
import type { EditInput } from './use-step.js';
import classes from './http-form.module.css';

const MapAllDialog = lazy(() => import('./map-all-dialog.js').then(({ MapAllDialog: each }) => ({ default: each })));

const TYPES: { value: BodyType; text: string }[] = [
  { value: 'none', text: 'None' },
  { value: 'json', text: 'JSON' },
  { value: 'raw', text: 'Raw' },
  { value: 'urlencoded', text: 'URL encoded' },
  { value: 'form-data', text: 'Form data' },
];

interface BodySectionProps {
  input: AnyInput;
  isCustom: boolean;
  readOnly: boolean;
  edit: EditInput;
  onType: (type: BodyType) => void;
}

export function BodySection({ input, isCustom, readOnly, edit, onType }: BodySectionProps) {
  const [asJson, setAsJson] = useState(false);
  const [isMatching, setMatching] = useState(false);
  const problem = useProblem('/input/body');
  const type = isCustom ? (input.bodyType ?? 'json') : encodingOf(input);
  const body = input.body ?? [];
  const isText = typeof body === 'string';
  const place: PairPlace = type === 'form-data' ? 'form-data' : type === 'urlencoded' ? 'form' : 'json';
  const setBody = (label: string, next: Pair[] | string, merge?: string) =>
    edit(label, (now) => ({ ...now, body: next }), merge);
  return (
    <section className={classes.section} aria-label="Body">
      <div className={classes.sectionHead}>
        <h3>{isCustom ? 'Body' : 'Body parameters'}</h3>
        {isCustom ? (
          <Segmented label="Body type" options={TYPES} value={type} onChange={onType} />
        ) : (
          <span className={classes.kind}>
            {{ json: 'JSON', urlencoded: 'URL encoded', 'form-data': 'Form data' }[type as string]}
          </span>
        )}
        <span className={classes.right}>
          {type !== 'none' && !isText && !asJson && !readOnly && (
            <Button
              small
              look="quiet"
              icon={<IconWand size={14} stroke={1.7} />}
              title="Propose fields for the parameters"
              onClick={() => setMatching(true)}
            >
              Map all
            </Button>
          )}
          {type === 'json' && !isText && (
            <Button
              small
              look="quiet"
              icon={<IconCode size={14} stroke={1.7} />}
              aria-pressed={asJson}
              onClick={() => setAsJson(!asJson)}
            >
              {asJson ? 'Edit as rows' : 'Edit as JSON'}
            </Button>
          )}
        </span>
      </div>
      {isMatching && !isText && (
        <Suspense>
          <MapAllDialog
            pairs={body}
            place={place}
            onMap={(label, next) => setBody(label, next)}
            onClose={() => setMatching(false)}
          />
        </Suspense>
      )}
      {problem && <p className={classes.problem}>{problem}</p>}
      {type === 'none' && <p className={classes.soft}>No body is sent.</p>}
      {type !== 'none' && isText && <TextBody input={input} body={body} type={type} setBody={setBody} edit={edit} />}
      {type !== 'none' && !isText && asJson && <JsonBody body={body} isCustom={isCustom} setBody={setBody} />}
      {type !== 'none' && !isText && !asJson && (
        <PairsEditor
          path="/input/body"
          pairs={body}
          what="parameter"
          place={place}
          omitNulls={input.omitNulls}
          readOnly={readOnly}
          onChange={setBody}
          aside={<NullBox input={input} readOnly={readOnly} edit={edit} />}
        />
      )}
      {type !== 'none' && (isText || asJson) && type === 'json' && (
        <NullBox input={input} readOnly={readOnly} edit={edit} />
      )}
      {type === 'form-data' && !isText && (
        <p className={classes.info}>
          <b>A key that ends in [] sends every file as a part of its own.</b> Without it a key sends one file. Files are
          streamed from where they are stored.
        </p>
      )}
    </section>
  );
}

interface TextBodyProps {
  input: AnyInput;
  body: string;
  type: BodyType;
  setBody: (label: string, body: Pair[] | string, merge?: string) => void;
  edit: EditInput;
}

/** A body that is one text: raw, or JSON that is not an object of parameters. */
function TextBody({ input, body, type, setBody, edit }: TextBodyProps) {
  const toRows = () => {
    const read = readBody(body, []);
    if ('problem' in read) return announce(read.problem);
    setBody('edit the body as rows', read.pairs);
  };
  return (
    <>
      <TemplateField
        id="/input/body"
        label="Body"
        name="body"
        value={body}
        as={type === 'json' ? 'json' : 'text'}
        multiline
        mono
        noFx
        placeholder={type === 'json' ? '{ "key": {{ trigger.data.name }} }' : 'Text to send'}
        onChange={(text) => setBody('change the body', text, 'body')}
      />
      {type === 'json' && (
        <Button small look="quiet" onClick={toRows}>
          Edit as rows
        </Button>
      )}
      {type === 'raw' && (
        <TextInput
          label="Content type"
          mono
          placeholder="text/plain; charset=utf-8"
          value={input.contentType ?? ''}
          onChange={(event) => {
            const contentType = event.currentTarget.value;
            edit(
              'change the content type',
              (now) => ({ ...now, contentType: contentType || undefined }),
              'contentType',
            );
          }}
        />
      )}
    </>
  );
}

/** The rows as one JSON text: what is valid goes straight into the draft, and back into rows without loss. */
function JsonBody({ body, isCustom, setBody }: { body: Pair[]; isCustom: boolean; setBody: TextBodyProps['setBody'] }) {
  const [text, setText] = useState(() => bodyText(body));
  const [problem, setProblem] = useState('');
  const [written, setWritten] = useState(body);
  // Undo, or another window: what is shown is never older than the draft.
  if (body !== written) {
    setWritten(body);
    setText(bodyText(body));
    setProblem('');
  }
  return (
    <TemplateField
      id="/input/body"
      label="Body parameters as JSON"
      name="body"
      value={text}
      as="json"
      multiline
      mono
      noFx
      problem={problem}
      onChange={(next) => {
        setText(next);
        const read = readBody(next, body);
        setProblem('problem' in read ? read.problem : '');
        if ('pairs' in read) {
          setWritten(read.pairs);
          setBody('edit the body as JSON', read.pairs, 'body-json');
        }
        if (isCustom && isOtherJson(next)) setBody('edit the body as JSON', next, 'body-json');
      }}
    />
  );
}

/** JSON that no rows can show: a list, a text, a number. */
function isOtherJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value !== 'object' || value === null || Array.isArray(value);
  } catch {
    return false;
  }
}

function NullBox({ input, readOnly, edit }: { input: AnyInput; readOnly: boolean; edit: EditInput }) {
  return (
    <Checkbox
      checked={input.omitNulls}
      disabled={readOnly}
      onChange={(omitNulls) =>
        edit(omitNulls ? 'leave empty values out' : 'send empty values', (now) => ({ ...now, omitNulls }))
      }
    >
      Don’t send empty (null) values
    </Checkbox>
  );
}

/** POST and PUT: the Content-Type header switches the encoding of the same rows. */
function encodingOf({ headers }: AnyInput): BodyType {
  const type = headers.find(({ key }) => key.toLowerCase() === 'content-type')?.value;
  if (typeof type !== 'string') return 'json';
  if (type.startsWith('application/x-www-form-urlencoded')) return 'urlencoded';
  return type.startsWith('multipart/form-data') ? 'form-data' : 'json';
}
