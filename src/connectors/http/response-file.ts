import { MIMEType } from 'whatwg-mimetype';
import { isText } from './response-body.js';

type Headers = readonly (readonly [string, string])[];

const UNKNOWN_TYPE = 'application/octet-stream';

/** What an answer's body is as a file: named by the receiver, else by the last segment of the URL. */
export function fileOf(headers: Headers, url: string): { filename: string; contentType: string } {
  const type = MIMEType.parse(valueOf(headers, 'content-type') ?? '');
  const charset = type?.parameters.get('charset') ?? '';
  return {
    filename: dispositionName(valueOf(headers, 'content-disposition') ?? '') ?? lastSegment(url),
    contentType:
      type === null ? UNKNOWN_TYPE : type.essence + (/^[\w.:-]+$/.test(charset) ? `; charset=${charset}` : ''),
  };
}

/** A body that is no text goes to a file, whatever its size. */
export const isFile = (headers: Headers, body: Buffer): boolean =>
  body.length > 0 && !isText(valueOf(headers, 'content-type'), body);

/** RFC 6266, 4.3: `filename*` wins. Null where there is neither. */
function dispositionName(header: string): string | null {
  const extended = /;\s*filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(header)?.[1];
  if (extended !== undefined) return decoded(extended);
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s"]+))/i.exec(header) ?? [];
  const name = quoted?.replace(/\\(.)/g, '$1') ?? token;
  return name === undefined ? null : asSent(name);
}

function lastSegment(url: string): string {
  return decoded(URL.parse(url)?.pathname.split('/').at(-1) ?? '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Servers write UTF-8 where only Latin-1 is allowed; headers were read as Latin-1. */
function asSent(name: string): string {
  const text = Buffer.from(name, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? name : text;
}

const valueOf = (headers: Headers, name: string): string | null =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? null;
