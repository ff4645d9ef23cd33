import { parseBody } from '../../platform/api/json-body.js';
import { isJsonType, mediaTypeOf, type Payload, wrong } from './cloud-event.js';

/**
 * The data of an event that came as bytes: JSON is parsed, text and XML become a string, anything else stays base64,
 * which its `datacontenttype` tells.
 * @param attribute named where they cannot be read. @param contentType null: unknown
 */
export function payloadOf(
  bytes: Buffer,
  contentType: string | null,
  attribute: string,
  at: readonly (string | number)[] = [],
): Payload {
  const type = contentType === null ? null : mediaTypeOf(contentType);
  if (type === null) return asText(bytes.toString('base64'));
  if (isJsonType(type)) {
    const text = decoded(bytes, 'utf-8', attribute, at).replace(/^\ufeff/, '');
    try {
      return { data: parseBody(text), dataText: text.trim() };
    } catch (error) {
      throw wrong(attribute, `is not the ${type} it says: ${(error as Error).message}`, at);
    }
  }
  const isText = type.startsWith('text/') || type === 'application/xml' || type.endsWith('+xml');
  if (!isText) return asText(bytes.toString('base64'));
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType!)?.[1] ?? 'utf-8';
  return asText(decoded(bytes, charset, attribute, at));
}

const asText = (text: string): Payload => ({ data: text, dataText: JSON.stringify(text) });

function decoded(bytes: Buffer, charset: string, attribute: string, at: readonly (string | number)[]): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    throw wrong(attribute, `is not written in ${charset.slice(0, 40)}`, at);
  }
}
