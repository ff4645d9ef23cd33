import { z } from 'zod';
import { HooklineError } from '../../core/errors.js';

const MAX_CURSOR_CHARS = 512;

/** The query of every list: spread its shape into `z.strictObject({ ...pageQuery.shape, … })`. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(250).default(50).meta({ description: 'How many at most.' }),
  cursor: z
    .string()
    .min(1)
    .max(MAX_CURSOR_CHARS)
    .optional()
    .meta({ description: '`nextCursor` of the page before; opaque.' }),
});
export type PageQuery = z.infer<typeof pageQuery>;

/** One page of a list, newest first. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), nextCursor: z.string().nullable() });

export interface Page<Item> {
  data: Item[];
  nextCursor: string | null;
}

/** A cursor over JSON values, opaque to callers; at most 380 bytes of JSON. */
export const encodeCursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What the cursor was made of, checked; null where there is none. A bad one is a 400 `invalid_cursor`. */
export function decodeCursor<T>(cursor: string | undefined, schema: z.ZodType<T>): T | null {
  if (cursor === undefined) return null;
  const result = schema.safeParse(parsed(cursor));
  if (result.success) return result.data;
  const message = 'This is no cursor of this list. Use "nextCursor" as it was given, or leave it out.';
  const faults = [{ path: '/cursor', code: 'invalid_cursor', message }];
  throw new HooklineError('malformed', 'invalid_cursor', message, { faults });
}

/**
 * Cuts rows read with `limit + 1` into a page: the row too many only says that there is a next page.
 * @param keyOf what a row's cursor is made of
 */
export function pageFrom<Row, Item>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => unknown,
  show: (row: Row) => Item,
): Page<Item> {
  const kept = rows.slice(0, limit);
  return { data: kept.map(show), nextCursor: rows.length > limit ? encodeCursor(keyOf(kept[limit - 1])) : null };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
