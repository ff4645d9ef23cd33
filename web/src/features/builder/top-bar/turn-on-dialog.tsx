import { useState } from 'react';
import { reasonOf } from '../../../api/api-error.js';
import type { StateChange } from '../../../api/drafts.js';
import { Dialog } from '../../../ui/dialog.js';
import { usePublishing } from './use-publishing.js';
import classes from './top-bar.module.css';

type Held = NonNullable<StateChange['held']>;

interface TurnOnDialogProps {
  /** Nothing is published yet: turning on does that first. */
  first: boolean;
  /** Events that came while it was off. */
  held: number;
  onClose: () => void;
}

/** Asked before turning on, where there is something to ask. */
export function TurnOnDialog({ first, held, onClose }: TurnOnDialogProps) {
  const { turn } = usePublishing();
  const [choice, setChoice] = useState<Held>('run');
  const submit = () => turn.mutate({ state: 'on', ...(held > 0 ? { held: choice } : {}) }, { onSuccess: onClose });
  const events = `${held.toLocaleString('en')} ${held === 1 ? 'event' : 'events'}`;
  return (
    <Dialog
      title={first ? 'Publish and turn on?' : `${events} arrived while this was off`}
      onClose={onClose}
      onSubmit={submit}
      busy={turn.isPending}
      submitLabel={first ? 'Publish and turn on' : 'Turn on'}
    >
      {first && <p>This draft becomes version 1. From then on every matching event starts a run.</p>}
      {held > 0 && (
        <fieldset className={classes.choices}>
          <legend>What becomes of the {events}?</legend>
          {CHOICES.map(({ value, text, detail }) => (
            <label key={value}>
              <input
                type="radio"
                name="held"
                value={value}
                checked={choice === value}
                onChange={() => setChoice(value)}
              />
              <span>
                <b>{text}</b>
                <small>{detail}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {turn.error && <p role="alert">{reasonOf(turn.error)}</p>}
    </Dialog>
  );
}

const CHOICES: { value: Held; text: string; detail: string }[] = [
  { value: 'run', text: 'Run them', detail: 'Now, in the order in which they came, with the published version.' },
  { value: 'discard', text: 'Discard them', detail: 'Their runs end as canceled. The events stay in the log.' },
  { value: 'keep', text: 'Keep them', detail: 'They go on waiting; decide another time.' },
];
