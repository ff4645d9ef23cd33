import { HooklineError } from '../../core/errors.js';
import { isObject, memberText } from '../../core/json.js';
import { cloudEvent, wrong, type CloudEvent } from './cloud-event.js';
import { payloadOf } from './cloud-event-data.js';

/** RFC 4648, 4: the alphabet with + and /, padded. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * One event in the JSON format.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 * @param text of the same value, as it was received
 */
export function structuredEvent(value: unknown, text: string, at: readonly (string | number)[] = []): CloudEvent {
  if (!isObject(value)) {
    const message = 'A CloudEvent in JSON is an object.';
    throw new HooklineError('malformed', 'invalid_cloudevent', message, {
      faults: [{ path: at.length === 0 ? '' : `/${at.join('/')}`, code: 'invalid_cloudevent', message }],
    });
  }
  const { data, data_base64: base64, ...attributes } = value;
  if (base64 === undefined || base64 === null) {
    const dataText = memberText(text, 'data') ?? 'null';
    return cloudEvent(attributes, { data: data ?? null, dataText }, at);
  }
  if (data !== undefined) throw wrong('data_base64', 'and "data" may not both be given', at);
  if (typeof base64 !== 'string' || !BASE64.test(base64)) throw wrong('data_base64', 'must be base64', at);
  const { datacontenttype } = attributes;
  const type = typeof datacontenttype === 'string' ? datacontenttype : null;
  return cloudEvent(attributes, payloadOf(Buffer.from(base64, 'base64'), type, 'data_base64', at), at);
}
