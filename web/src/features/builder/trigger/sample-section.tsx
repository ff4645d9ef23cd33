import { lazy, Suspense, useId, useState } from 'react';
import type { Trigger } from '../../../api/types.js';
import { Button } from '../../../ui/button.js';
import { CodeView } from '../../../ui/code-view.js';
import { TextArea } from '../../../ui/controls.js';
import { tryParse } from '../../../ui/exact-json.js';
import { IconAntenna } from '../../../ui/icons.js';
import { Ago } from '../../../ui/time-text.js';
import { useFieldScope } from '../fields/field-scope.js';
import http from '../panel/http-form.module.css';
import { labelOf, typesOf } from '../test/sample.js';
import { useTesting } from '../test/testing-store.js';
import { useListening } from './use-listening.js';
import classes from './trigger-form.module.css';

const Listening = lazy(() => import('./listening.js').then(({ Listening: each }) => ({ default: each })));

const MOST = 8;

/** The data that previews and tests use: a stored event, the sample of its type, or pasted JSON. */
export function SampleSection({ trigger }: { trigger: Trigger }) {
  const { sample } = useFieldScope();
  const choice = useTesting((state) => state.sample);
  const choose = useTesting((state) => state.choose);
  const { events, listening, heard, refused, begin, end } = useListening(trigger);
  const [pasting, setPasting] = useState(false);
  const name = useId();
  const newest = events?.[0];
  const mayListen = trigger.type === 'webhook' || (trigger.type === 'event' && typesOf(trigger).length > 0);

  return (
    <section className={http.section} aria-labelledby="sample-title">
      <div className={http.sectionHead}>
        <h3 id="sample-title">Sample</h3>
        <span className={http.soft}>what previews and tests use</span>
        {mayListen && !listening && (
          <span className={http.right}>
            <Button small icon={<IconAntenna size={14} stroke={1.7} />} onClick={() => void begin()}>
              Listen for a test event
            </Button>
          </span>
        )}
      </div>
      {listening && (
        <Suspense>
          <Listening trigger={trigger} heard={heard} refused={refused} onEnd={end} />
        </Suspense>
      )}
      <ul className={classes.list} aria-label="Samples">
        <Choice
          name={name}
          checked={choice.kind === 'newest'}
          onPick={() => choose({ kind: 'newest' })}
          text={trigger.type === 'manual' ? 'Data of the newest run' : 'Newest event'}
          when={newest ? <Ago at={newest.receivedAt} /> : 'none yet'}
        />
        <Choice
          name={name}
          checked={choice.kind === 'schema'}
          onPick={() => choose({ kind: 'schema' })}
          text={trigger.type === 'event' ? 'Sample of the event type' : 'An example'}
          when="made up"
        />
        {events?.slice(0, MOST).map((event) => (
          <Choice
            key={event.id}
            name={name}
            checked={choice.kind === 'event' && choice.id === event.id}
            onPick={() => choose({ kind: 'event', id: event.id, label: labelOf(event, event.id) })}
            text={labelOf(event, event.id)}
            when={<Ago at={event.receivedAt} />}
          />
        ))}
        <Choice
          name={name}
          checked={choice.kind === 'json'}
          onPick={() => {
            setPasting(true);
            if (choice.kind !== 'json')
              choose({ kind: 'json', text: JSON.stringify(sample.trigger.data ?? {}, null, 2) });
          }}
          text="Pasted JSON"
          when=""
        />
      </ul>
      {choice.kind === 'json' && (pasting || choice.text !== '') && (
        <TextArea
          label="Data of the event, as JSON"
          rows={7}
          mono
          spellCheck={false}
          maxLength={1_000_000}
          problem={tryParse(choice.text) === undefined ? 'This is not valid JSON.' : undefined}
          value={choice.text}
          onChange={(event) => choose({ kind: 'json', text: event.currentTarget.value })}
        />
      )}
      {choice.kind !== 'json' && sample.kind !== 'none' && (
        <div className={classes.preview}>
          <CodeView text={JSON.stringify(sample.trigger.data ?? null)} label="Data of the sample" />
        </div>
      )}
    </section>
  );
}

interface ChoiceProps {
  name: string;
  checked: boolean;
  onPick: () => void;
  text: string;
  when: React.ReactNode;
}

function Choice({ name, checked, onPick, text, when }: ChoiceProps) {
  return (
    <li>
      <label>
        <input type="radio" name={name} checked={checked} onChange={onPick} />
        <span className={`${classes.name} foreign`}>{text}</span>
        <span className={classes.when}>{when}</span>
      </label>
    </li>
  );
}
