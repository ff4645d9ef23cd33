import type { FileValue } from '../core/file-value.js';

/** What is stored of an answer beside its body. */
export interface StoredHead {
  headers: [string, string][];
  /** The body is this file, and none is stored with the run. */
  file?: FileValue;
  /** The request went out twice: the kept connection it went out on first had been closed. */
  resent?: true;
}

/** No receiver can send headers of these names: a colon ends one (RFC 9112, 5). */
const FILE = ':file';
const RESENT = ':resent';

/** What few answers have stands behind the headers, so that the hot path writes no column more for them. */
export function storedHead({ headers, file, resent }: StoredHead): string {
  const stored = [...headers];
  if (resent) stored.push([RESENT, '']);
  if (file) stored.push([FILE, JSON.stringify(file)]);
  return JSON.stringify(stored);
}

export function readHead(text: string | null): StoredHead {
  const head: StoredHead = { headers: JSON.parse(text ?? '[]') as [string, string][] };
  if (head.headers.at(-1)?.[0] === FILE) head.file = JSON.parse(head.headers.pop()![1]) as FileValue;
  if (head.headers.at(-1)?.[0] === RESENT) head.resent = head.headers.pop() && true;
  return head;
}
