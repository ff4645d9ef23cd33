import { isUtf8 } from 'node:buffer';
import { MIMEType } from 'whatwg-mimetype';
import { parseBody as parseAnswer } from '../../connectors/http/response-body.js';
import { HooklineError } from '../../core/errors.js';
import { parseBody as parseJsonBody } from '../../platform/api/json-body.js';

/** What a body is to be read as. */
export type BodyKind = 'json' | 'form' | 'file' | 'value';

/** A body without a media type is text where it can be, as JSON where it looks like that. */
export function kindOf(contentType: string | undefined, body: Buffer): BodyKind {
  const type = contentType === undefined ? null : MIMEType.parse(contentType);
  if (body.length === 0) return 'value';
  if (type === null) return looksLikeJson(body) ? 'json' : isUtf8(body) ? 'value' : 'file';
  if (type.subtype === 'json' || type.subtype.endsWith('+json')) return 'json';
  if (type.essence === 'multipart/form-data') return 'form';
  const isText = type.isXML() || type.essence === 'application/x-www-form-urlencoded' || type.type === 'text';
  return isText || type.parameters.has('charset') ? 'value' : 'file';
}

const looksLikeJson = (body: Buffer): boolean => /^\s*[[{]/.test(body.toString('latin1', 0, 64)) && isUtf8(body);

/** The JSON text of `trigger.data`: JSON as it came, so that no digit is lost. Throws a 400 where it is none. */
export function jsonText(body: Buffer): string {
  if (!isUtf8(body)) throw malformed('The body is not UTF-8.');
  const text = body.toString('utf8').replace(/^\ufeff/, '');
  if (text.trim() === '') return 'null';
  parseJsonBody(text);
  return text;
}

/** Text, XML and urlencoded bodies, read as answers of steps are. Throws a 400 where the body is not what it says. */
export function valueText(contentType: string | undefined, body: Buffer): string {
  const { value, problem } = parseAnswer(contentType ?? null, body);
  if (problem !== null) throw malformed('The body is not what its Content-Type announces.');
  return JSON.stringify(value);
}

const malformed = (message: string): HooklineError => new HooklineError('malformed', 'malformed_body', message);
