import type { Pair } from '../../../api/types.js';
import type { Preview } from '../fields/preview-store.js';
import { isFile, shownOf } from '../insert/data-tree.js';

export type WhenMissing = NonNullable<Pair['whenMissing']>;

/** Where a pair goes: what a null becomes there is not the same. */
export type PairPlace = 'json' | 'form' | 'form-data' | 'query' | 'headers';

export const RULES: Record<WhenMissing, string> = {
  'send-null': 'Send null',
  omit: 'Leave it out',
  empty: 'Send an empty text',
  default: 'Send another value',
  fail: 'Fail the step',
};

/** What will become of a pair whose value is empty in the sample; null where it has a value. */
export function effectOfEmpty(
  pair: Pair,
  preview: Preview | undefined,
  omitNulls: boolean,
  place: PairPlace,
): string | null {
  if (preview?.kind !== 'value' || preview.value !== null) return null;
  const rule = pair.whenMissing ?? (omitNulls ? 'omit' : 'send-null');
  const what =
    place === 'json' || place === 'form' || place === 'form-data' ? 'key' : place === 'query' ? 'parameter' : 'header';
  switch (rule) {
    case 'omit':
      return `Empty in the sample. This ${what} will be left out.`;
    case 'empty':
      return 'Empty in the sample. An empty text will be sent.';
    case 'default':
      return `Empty in the sample. ${JSON.stringify(pair.default ?? null)} will be sent.`;
    case 'fail':
      return 'Empty in the sample. The step would fail here.';
    case 'send-null':
      return place === 'json'
        ? 'Empty in the sample. null will be sent.'
        : `Empty in the sample. This ${what} will be sent without a value.`;
  }
}

/** Of a form with parts: how many files go out under one key. */
export function filesIn(preview: Preview | undefined): number {
  if (preview?.kind !== 'value') return 0;
  if (Array.isArray(preview.value)) return preview.value.filter(isFile).length;
  return isFile(preview.value) ? 1 : 0;
}

export const filesText = (preview: Preview | undefined): string =>
  preview?.kind === 'value' && Array.isArray(preview.value)
    ? `${shownOf(preview.value)}, sent as ${preview.value.length} part${preview.value.length === 1 ? '' : 's'}`
    : '1 file';
