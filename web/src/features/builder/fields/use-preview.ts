import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useFieldScope } from './field-scope.js';
import type { Preview } from './preview-store.js';

type Reading = 'value' | 'text' | 'url' | 'json' | 'condition' | 'expression';

/** What a value comes to on the sample: at once for plain text, from the server for everything else. */
export function usePreview(as: Reading, value: string): { now: Preview | undefined; isOld: boolean } {
  const { previews } = useFieldScope();
  const isPlain = (as === 'value' || as === 'text') && !value.includes('{{');
  const skip = isPlain || value.trim() === '';
  const known = useSyncExternalStore(previews.subscribe, () => (skip ? undefined : previews.get(as, value)));
  const last = useRef<Preview | undefined>(undefined);
  useEffect(() => {
    if (skip) return;
    previews.want(as, value);
    return () => previews.forget(as, value);
  }, [previews, as, value, skip]);
  if (known) last.current = known;
  if (skip) last.current = undefined;
  return { now: known ?? last.current, isOld: known === undefined };
}

const MOST_SHOWN = 160;

/** A value as JSON in one line, so that `"5"` and `5` look different. */
export function jsonLine(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
