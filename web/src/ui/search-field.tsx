import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { IconSearch } from './icons.js';
import { useShortcut } from './shortcuts.js';
import classes from './search-field.module.css';

interface SearchFieldProps {
  label: string;
  value: string;
  /** Called 250 ms after the last key, or at once on Enter and when the field is emptied. */
  onSearch: (text: string) => void;
}

export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  // What was asked for comes back as the value, perhaps when more has been typed: it replaces nothing then.
  const asked = useRef<string[]>([]);
  const ask = (next: string) => {
    if (next !== value) asked.current.push(next);
    onSearch(next);
  };
  const search = useDebouncedCallback(ask, 250);
  useEffect(() => {
    const own = asked.current.indexOf(value);
    asked.current = own < 0 ? [] : asked.current.slice(own + 1);
    if (own < 0) setText(value);
  }, [value]);
  useShortcut('/', () => field.current?.focus());

  const now = (next: string) => {
    search.cancel();
    setText(next);
    ask(next.trim());
  };
  return (
    <div className={classes.box}>
      <IconSearch size={15} stroke={1.7} aria-hidden />
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={200}
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value.trim());
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') now(text);
          if (event.key === 'Escape') {
            now('');
            event.currentTarget.blur();
          }
        }}
      />
      <kbd className={classes.key} aria-hidden>
        /
      </kbd>
    </div>
  );
}
