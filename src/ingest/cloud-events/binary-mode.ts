import type { IncomingHttpHeaders } from 'node:http';
import { cloudEvent, wrong, type CloudEvent, type Payload } from './cloud-event.js';
import { payloadOf } from './cloud-event-data.js';

/** What is read of a request: `rawHeaders` as Node has them, names and values in turn. */
export interface BinaryRequest {
  rawHeaders: readonly string[];
  contentType: string | undefined;
  /** A body of JSON, parsed; undefined where there is none, or `bytes`. */
  json: { value: unknown; text: string } | undefined;
  bytes: Buffer | undefined;
}

/** One of them makes a request one in binary mode; that it lacks the others is told then. */
export const BINARY_HEADERS = ['ce-specversion', 'ce-id', 'ce-source', 'ce-type'] as const;

export const isBinaryMode = (headers: IncomingHttpHeaders): boolean =>
  BINARY_HEADERS.some((name) => headers[name] !== undefined);

/**
 * An event whose attributes are headers and whose data is the body.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md section 3.1
 */
export function binaryEvent({ rawHeaders, contentType, json, bytes }: BinaryRequest): CloudEvent {
  const attributes: Record<string, unknown> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i].toLowerCase();
    if (!name.startsWith('ce-')) continue;
    const attribute = name.slice(3);
    if (attribute === 'datacontenttype') throw wrong(attribute, 'is the Content-Type header', []);
    if (Object.hasOwn(attributes, attribute)) throw wrong(attribute, 'is given more than once', []);
    attributes[attribute] = valueOf(attribute, rawHeaders[i + 1]);
  }
  if (contentType !== undefined && contentType !== '') attributes.datacontenttype = contentType;
  return cloudEvent(attributes, payload());

  function payload(): Payload {
    if (json) return { data: json.value, dataText: json.text.trim() };
    if (!bytes || bytes.length === 0) return { data: null, dataText: 'null' };
    return payloadOf(bytes, contentType || 'application/json', 'datacontenttype');
  }
}

/** 3.1.3.2: unquoted first, then percent-decoded once. */
function valueOf(attribute: string, header: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(header);
  const text = quoted ? quoted[1].replace(/\\(.)/g, '$1') : header;
  if (/[^\x20-\x7e]/.test(text)) throw wrong(attribute, 'must percent-encode what is not printable ASCII', []);
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong(attribute, 'is not percent-encoded UTF-8', []);
  }
}
