import { useEffect, useId, useRef, useState } from 'react';
import { useRecentEvents } from '../../../api/catalog.js';
import { announce } from '../../../ui/announce.js';
import { Button } from '../../../ui/button.js';
import { CodeView } from '../../../ui/code-view.js';
import { tryParse } from '../../../ui/exact-json.js';
import { IconAntenna, IconX } from '../../../ui/icons.js';
import { Ago } from '../../../ui/time-text.js';
import { useFieldScope } from '../fields/field-scope.js';
import { labelOf } from '../test/sample.js';
import { useTesting } from '../test/testing-store.js';
import { TextArea } from '../../../ui/controls.js';
import http from './http-form.module.css';
import classes from './trigger-form.module.css';

const MOST = 8;

/** The data that previews and tests use: a stored event, the sample of its type, or pasted JSON. */
export function SampleSection({ type }: { type: string | null }) {
  const { sample } = useFieldScope();
  const choice = useTesting((state) => state.sample);
  const choose = useTesting((state) => state.choose);
  const [isListening, setListening] = useState(false);
  const [pasting, setPasting] = useState(false);
  const recent = useRecentEvents(type, isListening);
  const name = useId();
  const known = useRef<string | null>(null);
  const newest = recent.data?.[0];
  useEffect(() => {
    if (!isListening) {
      known.current = newest?.id ?? '';
      return;
    }
    if (!newest || newest.id === known.current) return;
    setListening(false);
    choose({ kind: 'event', id: newest.id, label: labelOf(newest, newest.id) });
    announce('An event came in: it is the sample now');
  }, [isListening, newest, choose]);

  return (
    <section className={http.section} aria-labelledby="sample-title">
      <div className={http.sectionHead}>
        <h3 id="sample-title">Sample</h3>
        <span className={http.soft}>what previews and tests use</span>
        <span className={http.right}>
          {type !== null &&
            (isListening ? (
              <Button small icon={<IconX size={14} stroke={1.7} />} onClick={() => setListening(false)}>
                Stop listening
              </Button>
            ) : (
              <Button small icon={<IconAntenna size={14} stroke={1.7} />} onClick={() => setListening(true)}>
                Listen for a test event
              </Button>
            ))}
        </span>
      </div>
      {isListening && (
        <p className={classes.listening} role="status">
          Waiting for an event of the type <code>{type}</code>. Send one now: it becomes the sample.
        </p>
      )}
      <ul className={classes.list} aria-label="Samples">
        <Choice
          name={name}
          checked={choice.kind === 'newest'}
          onPick={() => choose({ kind: 'newest' })}
          text="Newest event"
          when={newest ? <Ago at={newest.receivedAt} /> : 'none yet'}
        />
        <Choice
          name={name}
          checked={choice.kind === 'schema'}
          onPick={() => choose({ kind: 'schema' })}
          text="Sample of the event type"
          when="made up"
        />
        {recent.data?.slice(0, MOST).map((event) => (
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
