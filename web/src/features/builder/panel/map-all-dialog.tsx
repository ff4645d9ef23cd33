import { useState } from 'react';
import type { Pair } from '../../../api/types.js';
import { announce } from '../../../ui/announce.js';
import { Button } from '../../../ui/button.js';
import { Dialog } from '../../../ui/dialog.js';
import { IconArrowLeft } from '../../../ui/icons.js';
import { useFieldScope } from '../fields/field-scope.js';
import type { PairPlace } from './effect.js';
import { matchesFor, withMatches, type Match } from './matches.js';
import classes from './map-all.module.css';

interface MapAllDialogProps {
  pairs: readonly Pair[];
  place: PairPlace;
  onMap: (label: string, pairs: Pair[]) => void;
  onClose: () => void;
}

/** Proposes fields for the parameters, once the sample that has them is there. */
export function MapAllDialog(props: MapAllDialogProps) {
  const { isReady } = useFieldScope();
  const [isOpen, setOpen] = useState(isReady);
  if (isReady && !isOpen) setOpen(true);
  return isOpen ? <Proposals {...props} /> : null;
}

/** Only what stays ticked is put in, as one thing to undo. */
function Proposals({ pairs, place, onMap, onClose }: MapAllDialogProps) {
  const { groups } = useFieldScope();
  // What is proposed stays as it was when it was asked for.
  const [matches] = useState(() => matchesFor(pairs, groups, place));
  const [ticked, setTicked] = useState<ReadonlySet<Match>>(() => new Set(matches.filter(({ isSure }) => isSure)));
  const chosen = matches.filter((match) => ticked.has(match));
  const what = `${chosen.length} ${chosen.length === 1 ? 'parameter' : 'parameters'}`;
  const tick = (some: readonly Match[], on: boolean) =>
    setTicked((now) => {
      const next = new Set(now);
      for (const match of some) {
        if (on) next.add(match);
        else next.delete(match);
      }
      return next;
    });
  const map = () => {
    if (chosen.length === 0) return;
    onMap(`map ${what}`, withMatches(pairs, chosen));
    announce(`Mapped ${what}`);
    onClose();
  };
  const lists = [
    { title: 'Parameters that match a field', some: matches.filter(({ row }) => row !== null) },
    { title: 'Fields that nothing sends yet', some: matches.filter(({ row }) => row === null) },
  ].filter(({ some }) => some.length > 0);
  return (
    <Dialog
      title="Map all"
      wide
      onClose={onClose}
      onSubmit={map}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" aria-disabled={chosen.length === 0 || undefined}>
            Map {what}
          </Button>
        </>
      }
    >
      {matches.length === 0 && (
        <p>
          Nothing matches. A parameter without a value is matched by its name with the data of the sample and of earlier
          steps.
        </p>
      )}
      {matches.length > 0 && <p>Nothing is changed before you agree. What has no tick stays as it is.</p>}
      {lists.map(({ title, some }) => (
        <fieldset key={title} className={classes.matches}>
          <legend>{title}</legend>
          <Button small look="quiet" onClick={() => tick(some, !some.every((match) => ticked.has(match)))}>
            {some.every((match) => ticked.has(match)) ? 'Tick none of these' : 'Tick all of these'}
          </Button>
          {some.map((match) => (
            <label key={`${match.row} ${match.key}`}>
              <input
                type="checkbox"
                checked={ticked.has(match)}
                onChange={(event) => tick([match], event.currentTarget.checked)}
              />
              <code className="foreign">{match.key}</code>
              <IconArrowLeft size={14} stroke={1.7} aria-label="from" />
              <span className={classes.field}>
                <span className={classes.badge}>{match.group.badge}</span>
                <span className="foreign">{match.trail}</span>
              </span>
              <small className="foreign">
                {match.node.shown}
                {match.replaces !== null && ` · instead of ${match.replaces}`}
              </small>
            </label>
          ))}
        </fieldset>
      ))}
    </Dialog>
  );
}
