import { useEffectEvent, useLayoutEffect } from 'react';
import { announce } from '../../ui/announce.js';
import { useAutosave } from './draft/autosave-context.js';
import { useDraftStore } from './draft/draft-context.js';
import { cycleRegions } from './regions.js';

/** Keys of the whole builder: undo, redo, save now, and F6 from part to part. */
export function useBuilderKeys(): void {
  const store = useDraftStore();
  const { flush } = useAutosave();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || inDialog(event.target)) return;
    if (event.key === 'F6') {
      event.preventDefault();
      return cycleRegions(event.shiftKey ? -1 : 1);
    }
    if ((!event.ctrlKey && !event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 's' && !event.shiftKey) {
      event.preventDefault();
      void flush().then((saved) => announce(saved ? 'Saved' : 'Not saved yet'));
      return;
    }
    // A field has a history of its own.
    if (isText(event.target)) return;
    const { undo, redo } = store.getState();
    if (key === 'z' && !event.shiftKey) undo();
    else if ((key === 'z' && event.shiftKey) || (key === 'y' && event.ctrlKey)) redo();
    else return;
    event.preventDefault();
  });
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

const inDialog = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('dialog') !== null;
const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox]):not([type=radio])'));
