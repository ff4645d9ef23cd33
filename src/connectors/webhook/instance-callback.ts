import { isObject } from '../../core/json.js';
import { MappingError } from '../../platform/expressions/template.js';
import { toText } from '../../platform/expressions/text.js';
import { appendQuery, cleanUrl } from '../http/http.url.js';
import { encodeComponent } from '../http/pairs.js';
import { webhookAction } from './webhook-action.js';

/** Sent as promised, in this order. */
const PARAMETERS = ['instanceID', 'processName'];

/** GET with `instanceID`, `processName` and `eventType` after the address's own query; its fragment stays here. */
export const instanceCallback = webhookAction(
  'instance-callback',
  'Call an instance callback URL',
  ({ url }) =>
    ({ trigger }) => ({
      method: 'GET',
      url: callbackUrl(url, trigger as Record<string, unknown>),
      headers: [
        ['Accept', '*/*'],
        ['User-Agent', 'Hookline'],
      ],
      body: null,
    }),
);

function callbackUrl(url: string, { type, data }: Record<string, unknown>): string {
  const eventType = String(type).split('.').at(-1)!;
  const values = PARAMETERS.map((name) => [name, textOf(data, name)]);
  const query = [...values, ['eventType', eventType]].map(([name, text]) => `${name}=${encodeComponent(text)}`);
  return appendQuery(cleanUrl(url), query.join('&'));
}

function textOf(data: unknown, name: string): string {
  const value = isObject(data) && Object.hasOwn(data, name) ? data[name] : null;
  if (value === null) throw new MappingError(`The event's data has no ${name}, which an instance callback carries.`);
  return toText(value);
}
