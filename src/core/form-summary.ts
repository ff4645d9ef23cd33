/** One part of a form, as the log keeps it: never the bytes of a file. */
export type ShownPart = ShownText | ShownFile;

export interface ShownText {
  name: string;
  text: string;
}

export interface ShownFile {
  name: string;
  /** Null: the server that it is fetched from names it. */
  filename: string | null;
  /** Null, like `bytes`: not known before it is fetched, or it is gone. */
  contentType: string | null;
  bytes: number | null;
  /** `fil_…` of a stored one, else its address. */
  fileId?: string;
  url?: string;
}

/** What is recorded in the place of a streamed form: its parts as JSON, one a line. */
export const formSummary = (parts: readonly ShownPart[]): string =>
  `[${parts.map((part) => JSON.stringify(part)).join(',\n ')}]`;

/** Null where the text is no summary. */
export function readFormSummary(text: string): ShownPart[] | null {
  try {
    const parts = JSON.parse(text) as unknown;
    const isList = Array.isArray(parts) && parts.every((part) => typeof (part as ShownPart | null)?.name === 'string');
    return isList ? (parts as ShownPart[]) : null;
  } catch {
    return null;
  }
}
