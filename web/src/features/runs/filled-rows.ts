import type { Asked, Pair, StepInput } from '../../api/types.js';

/** One value of a request, as it was drawn. */
export interface FilledRow {
  part: 'URL' | 'Query' | 'Header' | 'Body';
  key: string;
  template: unknown;
  asked: Asked;
  /** Where it comes to nothing, its key is not sent. */
  leavesOut: boolean;
}

/** A table of more is no explanation any more. */
const MAX_ROWS = 200;

const isMapped = (value: unknown): boolean => JSON.stringify(value ?? null).includes('{{');

/** Every pair of the body; of the URL, the query and the headers what is mapped. A body of one text explains itself. */
export function filledRows({ url, query, headers, body, omitNulls }: StepInput): FilledRow[] {
  const rows: FilledRow[] = [];
  const add = (part: FilledRow['part'], pairs: readonly Pair[]) => {
    for (const { key, value, whenMissing } of pairs) {
      const leavesOut = whenMissing === undefined ? omitNulls : whenMissing === 'omit';
      rows.push({ part, key, template: value, asked: { as: 'value', value }, leavesOut });
    }
  };
  if (isMapped(url))
    rows.push({ part: 'URL', key: '', template: url, asked: { as: 'url', value: url }, leavesOut: false });
  add(
    'Query',
    query.filter(({ value }) => isMapped(value)),
  );
  add(
    'Header',
    headers.filter(({ value }) => isMapped(value)),
  );
  if (Array.isArray(body)) add('Body', body);
  return rows.slice(0, MAX_ROWS);
}
