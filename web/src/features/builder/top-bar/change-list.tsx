import type { Change } from '../../../flow/changes.js';
import { Chip, type Tone } from '../../../ui/chip.js';
import classes from './change-list.module.css';

const WORDS: Record<Change['kind'], [string, Tone]> = {
  added: ['Added', 'ok'],
  changed: ['Changed', 'in'],
  moved: ['Moved', 'neutral'],
  removed: ['Removed', 'er'],
};

/** What makes one definition another, a line for each step. */
export function ChangeList({ changes, label }: { changes: Change[]; label: string }) {
  return (
    <ul className={classes.list} aria-label={label}>
      {changes.map(({ kind, step, name, number, parts }) => (
        <li key={`${kind} ${step}`}>
          <Chip tone={WORDS[kind][1]}>{WORDS[kind][0]}</Chip>
          <span className={classes.words}>
            <b className="foreign">
              {number} · {name}
            </b>
            {parts.length > 0 && <small>{parts.join(', ')}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
