import { lazy, Suspense, useState } from 'react';
import { reasonOf } from '../../../api/api-error.js';
import { OnOffSwitch } from '../../../ui/on-off-switch.js';
import { useDraft } from '../draft/draft-context.js';
import { usePublishing } from './use-publishing.js';
import classes from './top-bar.module.css';

const TurnOnDialog = lazy(() => import('./turn-on-dialog.js').then((module) => ({ default: module.TurnOnDialog })));

/** On or off, at the far right: it never publishes a change of something that is live already. */
export function PowerSwitch({ onSaid }: { onSaid: (text: string | null) => void }) {
  const { turn, readHeld } = usePublishing();
  const { state, publishedVersion, name } = useDraft(({ integration }) => integration);
  const problems = useDraft(({ problems: all }) => all.length);
  const readOnly = useDraft((each) => each.readOnly);
  const [asking, setAsking] = useState<{ first: boolean; held: number } | null>(null);
  const isOn = turn.isPending && !asking ? turn.variables.state === 'on' : state === 'on';

  const turnTo = (next: 'on' | 'off') => {
    onSaid(null);
    turn.mutate(
      { state: next },
      {
        onSuccess: () =>
          onSaid(next === 'off' ? 'Off. Runs that started will finish; new events are held for 7 days.' : null),
        onError: (error) => onSaid(`Still ${next === 'on' ? 'off' : 'on'}: ${reasonOf(error)}`),
      },
    );
  };
  const change = async (on: boolean) => {
    if (!on) return turnTo('off');
    const first = publishedVersion === null;
    const held = first ? 0 : await readHeld().catch(() => 0);
    if (first || held > 0) setAsking({ first, held });
    else turnTo('on');
  };
  return (
    <div className={classes.power} data-on={isOn || undefined}>
      <span aria-hidden>{isOn ? 'On' : 'Off'}</span>
      <OnOffSwitch
        on={isOn}
        label={`${name} is on`}
        disabledReason={reasonAgainst({ readOnly, isOn, problems, isNew: publishedVersion === null, state })}
        onChange={(on) => void change(on)}
      />
      <Suspense>{asking && <TurnOnDialog {...asking} onClose={() => setAsking(null)} />}</Suspense>
    </div>
  );
}

interface Facts {
  readOnly: boolean;
  isOn: boolean;
  isNew: boolean;
  problems: number;
  state: string;
}

function reasonAgainst({ readOnly, isOn, problems, isNew, state }: Facts): string | undefined {
  if (readOnly) return 'You may look at integrations, but not switch them.';
  if (state === 'archived') return 'It is archived: bring it back in the list first.';
  // What is published already runs well, whatever the draft is like.
  if (isOn || problems === 0 || !isNew) return undefined;
  return `${problems} ${problems === 1 ? 'thing' : 'things'} to fix before it can be turned on.`;
}
