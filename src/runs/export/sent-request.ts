import { readFormSummary, type ShownPart } from '../../core/form-summary.js';

/** A request as the log has it; secrets are masked there, and stay so wherever it is shown. */
export interface SentRequest {
  method: string;
  url: string;
  headers: [string, string][];
  body: Buffer | null;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text that these bytes are in UTF-8, or null where they are none. */
export function textOf(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** All values of a header, in order; `name` in lower case. */
export const valuesOf = (headers: readonly (readonly [string, string])[], name: string): string[] =>
  headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);

/** Of a form that was streamed the log keeps its parts, not its bytes: those begin with a boundary. Null: it is none. */
export const formPartsOf = ({ headers, body }: SentRequest): ShownPart[] | null =>
  body !== null && /^multipart\/form-data/i.test(valuesOf(headers, 'content-type')[0] ?? '')
    ? readFormSummary(textOf(body) ?? '')
    : null;
