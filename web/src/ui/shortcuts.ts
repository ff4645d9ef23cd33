import { useEffectEvent, useLayoutEffect, useSyncExternalStore } from 'react';

const STORE = 'hookline.shortcuts';
const watchers = new Set<() => void>();

const enabled = (): boolean => {
  try {
    return localStorage.getItem(STORE) !== 'off';
  } catch {
    return true;
  }
};

/** Single-letter keys can be turned off (WCAG 2.2, 2.1.4): speech input types letters by accident. */
export function setShortcuts(on: boolean): void {
  try {
    localStorage.setItem(STORE, on ? 'on' : 'off');
  } catch {
    // Storage may be forbidden: the choice then lasts as long as nobody can make it.
  }
  for (const watcher of watchers) watcher();
}

export const useShortcutsOn = (): boolean =>
  useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, enabled);

/** Text fields and open menus keep their own keys. */
export const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role=menu], [role=listbox], dialog') !== null);

/** Calls `act` for a single key pressed anywhere on the page, unless a text field has it; from the first sight on. */
export function useShortcut(key: string, act: (event: KeyboardEvent) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (takesKeys(event.target) || (key.length === 1 && !enabled())) return;
    event.preventDefault();
    act(event);
  });
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
