import { isObject, isRawNumber } from '../../core/json.js';
import { MappingError } from '../../platform/expressions/template.js';
import { toText } from '../../platform/expressions/text.js';
import { appendQuery, cleanUrl } from '../http/http.url.js';
import { encodeComponent } from '../http/pairs.js';
import { subscriptionEventOf } from './subscription-events.js';
import { webhookAction } from './webhook-action.js';

/** What a GET carries at most: addresses have an end. */
const MAX_PARAMETERS = 200;

/** POST of `eventType`, `timestamp` and `data`; GET with the same, every scalar of `data` a parameter. */
export const subscription = webhookAction(
  'subscription',
  'Call a webhook subscription',
  ({ url, method = 'POST' }) =>
    ({ trigger }) => {
      const { type, time, data } = trigger as Record<string, unknown>;
      const eventType = subscriptionEventOf(String(type));
      if (eventType === undefined) throw new MappingError(`No subscription knows the event ${JSON.stringify(type)}.`);
      const headers: [string, string][] = [
        ['X-Kadoa-Event', eventType],
        ['Accept', '*/*'],
        ['User-Agent', 'Hookline'],
      ];
      if (method === 'GET') {
        const query = [['eventType', eventType], ['timestamp', String(time)], ...scalarsOf(data)];
        const text = query.map(([key, value]) => `${encodeComponent(key)}=${encodeComponent(value)}`).join('&');
        return { method, url: appendQuery(cleanUrl(url), text), headers, body: null };
      }
      const body = Buffer.from(JSON.stringify({ eventType, timestamp: time, data }), 'utf8');
      return { method, url: cleanUrl(url), headers: [['Content-Type', 'application/json'], ...headers], body };
    },
);

/** By path: `{"a":{"b":1},"c":[2]}` has `a.b` and `c.0`. Null is no value. */
function scalarsOf(data: unknown): [string, string][] {
  const found: [string, string][] = [];
  const visit = (value: unknown, path: string): void => {
    if (value === null || found.length >= MAX_PARAMETERS) return;
    if (isObject(value) || Array.isArray(value)) {
      for (const [key, member] of Object.entries(value)) visit(member, path === '' ? key : `${path}.${key}`);
    } else if (path !== '') found.push([path, isRawNumber(value) ? JSON.stringify(value) : toText(value)]);
  };
  visit(data, '');
  return found;
}
