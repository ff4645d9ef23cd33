import type { FileValue } from '../core/file-value.js';

/** What is stored of an answer beside its body. */
export interface StoredHead {
  headers: [string, string][];
  /** The body is this file, and none is stored with the run. */
  file?: FileValue;
}

/** No receiver can send a header of this name: a colon ends it (RFC 9112, 5). */
const FILE = ':file';

/** A file stands behind the headers, so that the hot path writes no column more for the few answers that have one. */
export const storedHead = ({ headers, file }: StoredHead): string =>
  JSON.stringify(file ? [...headers, [FILE, JSON.stringify(file)]] : headers);

export function readHead(text: string | null): StoredHead {
  const headers = JSON.parse(text ?? '[]') as [string, string][];
  if (headers.at(-1)?.[0] !== FILE) return { headers };
  return { headers: headers.slice(0, -1), file: JSON.parse(headers.at(-1)![1]) as FileValue };
}
