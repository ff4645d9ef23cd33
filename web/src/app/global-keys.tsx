import { lazy, Suspense, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { takesKeys, useShortcut } from '../ui/shortcuts.js';
import { GROUPS } from './nav.js';

const CommandPalette = lazy(() =>
  import('./command-palette.js').then((module) => ({ default: module.CommandPalette })),
);
const ShortcutList = lazy(() => import('./shortcut-list.js').then((module) => ({ default: module.ShortcutList })));

const SECOND_KEY_MS = 1_200;
const OPEN = 'hookline:palette';

/** Opens the search from anywhere, as Ctrl K does. */
export const openPalette = (): void => void window.dispatchEvent(new Event(OPEN));

/** The keys that work on every page: Ctrl K, ?, and G with the letter of a page. */
export function GlobalKeys() {
  const navigate = useNavigate();
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null);
  const wentAt = useRef(-Infinity);

  useShortcut('?', () => setOpen('shortcuts'));
  // When the keys were pressed counts, not when a busy page came to hear of them.
  useShortcut('g', ({ timeStamp }) => {
    wentAt.current = timeStamp;
  });
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      setOpen('palette');
      return;
    }
    if (event.timeStamp - wentAt.current > SECOND_KEY_MS || event.key === 'g' || takesKeys(event.target)) return;
    wentAt.current = -Infinity;
    const page = GROUPS.flatMap(({ entries }) => entries).find(({ key }) => key === event.key.toUpperCase());
    if (!page || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void navigate(page.to);
  });
  useLayoutEffect(() => {
    // Before the page's own keys: the second letter belongs to G.
    const listener = (event: KeyboardEvent) => onKey(event);
    const opener = () => setOpen('palette');
    window.addEventListener('keydown', listener, { capture: true });
    window.addEventListener(OPEN, opener);
    return () => {
      window.removeEventListener('keydown', listener, { capture: true });
      window.removeEventListener(OPEN, opener);
    };
  }, []);
  return (
    <Suspense>
      {open === 'palette' && <CommandPalette onClose={() => setOpen(null)} onShortcuts={() => setOpen('shortcuts')} />}
      {open === 'shortcuts' && <ShortcutList onClose={() => setOpen(null)} />}
    </Suspense>
  );
}
