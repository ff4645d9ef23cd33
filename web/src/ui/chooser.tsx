import { useEffect, useEffectEvent, useId, useRef, useState, type ReactNode } from 'react';
import { IconSearch } from './icons.js';
import { useModal } from './modal.js';
import classes from './chooser.module.css';

export interface Choice {
  id: string;
  group: string;
  text: string;
  /** A second line, or the words that a search finds it by. */
  detail?: string;
  icon?: ReactNode;
  keys?: string;
  act: () => void;
}

interface ChooserProps {
  label: string;
  placeholder: string;
  choices: Choice[];
  onClose: () => void;
  /** Told what is searched for, where more choices come from elsewhere. */
  onSearch?: (text: string) => void;
  empty: string;
  /** The choices are still on their way: Enter takes the first match once they are here. */
  pending?: boolean;
}

/** Search first, then choose: a combobox with its list, in a dialog over the page. */
export function Chooser({ label, placeholder, choices, onClose, onSearch, empty, pending }: ChooserProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = matching(choices, text);
  const active = found[Math.min(at, found.length - 1)];
  const tell = useEffectEvent(() => onSearch?.(text));
  useEffect(() => tell(), [text]);

  useModal(dialog);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active?.id]);

  const [isHasty, setHasty] = useState(false);
  const choose = (choice: Choice | undefined) => {
    if (!choice) return setHasty(pending ?? false);
    onClose();
    // After the dialog has given the focus back: the choice may move it on.
    queueMicrotask(choice.act);
  };
  const chooseNow = useEffectEvent(() => choose(active));
  useEffect(() => {
    if (isHasty && !pending) chooseNow();
  }, [isHasty, pending]);
  const onKeyDown = (event: React.KeyboardEvent) => {
    event.stopPropagation();
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && found.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, found.length - 1) + by + found.length) % found.length);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(active);
    }
  };
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}
      onKeyDown={onKeyDown}
    >
      <div className={classes.inside}>
        <div className={classes.search}>
          <IconSearch size={16} stroke={1.7} aria-hidden />
          <input
            type="text"
            role="combobox"
            aria-label={placeholder}
            aria-expanded
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
            placeholder={placeholder}
            maxLength={200}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setAt(0);
              setHasty(false);
            }}
          />
          <kbd aria-hidden>Esc</kbd>
        </div>
        <div ref={list} id={listId} role="listbox" aria-label={label} className={classes.list}>
          {groupsOf(found).map(([group, members]) => (
            <div key={group} role="group" aria-label={group}>
              <p className={classes.group} aria-hidden>
                {group}
              </p>
              {members.map((choice) => (
                <div
                  key={choice.id}
                  id={`${listId}-${choice.id}`}
                  role="option"
                  aria-selected={choice === active}
                  className={classes.choice}
                  onMouseMove={() => setAt(found.indexOf(choice))}
                  onClick={() => choose(choice)}
                >
                  {choice.icon}
                  <span className={classes.words}>
                    <span className="foreign">{choice.text}</span>
                    {choice.detail && <small className="foreign">{choice.detail}</small>}
                  </span>
                  {choice.keys && <kbd aria-hidden>{choice.keys}</kbd>}
                </div>
              ))}
            </div>
          ))}
        </div>
        {found.length === 0 && (
          <p className={classes.empty} role="status">
            {empty}
          </p>
        )}
      </div>
    </dialog>
  );
}

/** Every word must occur, in any order. */
function matching(choices: Choice[], text: string): Choice[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = choices.filter(({ group, text: name, detail }) => {
    const all = `${group} ${name} ${detail ?? ''}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  return groupsOf(found).flatMap(([, members]) => members);
}

/** In the order in which the groups first occur. */
function groupsOf(choices: Choice[]): [string, Choice[]][] {
  const groups = new Map<string, Choice[]>();
  for (const choice of choices) groups.set(choice.group, [...(groups.get(choice.group) ?? []), choice]);
  return [...groups];
}
