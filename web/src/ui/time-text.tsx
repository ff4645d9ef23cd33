import { useSyncExternalStore } from 'react';
import { formatExact, formatRelative } from './time.js';

const TICK_MS = 1_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const watchers = new Set<() => void>();

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  if (timer === undefined) now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of watchers) each();
  }, TICK_MS);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** This moment, to the second; one clock drives every time on the page. */
export const useNow = (): number => useSyncExternalStore(watch, () => now);

/** How long ago something was, with the exact moment on hover. */
export function Ago({ at }: { at: string }) {
  const text = useSyncExternalStore(watch, () => formatRelative(at, Math.max(now, Date.now())));
  return (
    <time dateTime={at} title={formatExact(at)} className="nums">
      {text}
    </time>
  );
}
