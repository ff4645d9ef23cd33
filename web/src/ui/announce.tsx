import { useSyncExternalStore } from 'react';

let said = '';
const watchers = new Set<() => void>();

/** Tells screen readers what happened in the background, politely. */
export function announce(text: string): void {
  // The same words twice would not be read out again: a no-break space makes them differ.
  said = said === text ? `${text}\u00a0` : text;
  for (const watcher of watchers) watcher();
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** The one live region of the page. */
export function Announcer() {
  const text = useSyncExternalStore(watch, () => said);
  return (
    <div aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
