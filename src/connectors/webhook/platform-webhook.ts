import { isObject } from '../../core/json.js';
import { isTreeUrl, treePathOf } from '../../core/tree-path.js';
import type { Budget } from '../../platform/expressions/budget.js';
import { MappingError, type Scope, type Template } from '../../platform/expressions/template.js';
import { toText } from '../../platform/expressions/text.js';
import type { BuiltRequest } from '../action.js';
import { compileUrl } from '../http/http.url.js';
import { compileText, type FaultList } from '../http/mapped-value.js';
import { encodeComponent } from '../http/pairs.js';
import { platformEventOf } from './platform-events.js';
import { webhookAction } from './webhook-action.js';

/** What an address may name beside what every expression sees: the event's own words. */
const DATA_NAMES = ['space', 'user', 'team', 'datastore', 'kapp', 'form', 'submission'];
const NAMES = ['event', ...DATA_NAMES, 'trigger', 'run', 'integration'];

/** `${ kapp.slug }` or `${kapp('slug')}`, as that system's addresses hold them. */
const DOLLAR = /\$\{\s*([^{}]*?)\s*\}/g;
const CALL = /^([a-z_][\w]*)\(\s*(['"])([\w-]+)\2\s*\)$/i;

/** POST of the event, or the start of the integration whose tree path the address names. */
export const platformWebhook = webhookAction('platform-webhook', 'Call a platform webhook', ({ url }, faults) => {
  const address = addressOf(withBraces(url), faults);
  return (scope, budget) => {
    const trigger = scope.trigger as Record<string, unknown>;
    const event = eventOf(trigger);
    const target = address({ ...dataOf(trigger), ...scope, event }, budget);
    const { event: _theirs, ...data } = dataOf(trigger);
    const body = Buffer.from(JSON.stringify({ event, ...data }), 'utf8');
    const request: BuiltRequest = {
      method: 'POST',
      url: target,
      headers: [['Content-Type', 'application/json']],
      body,
    };
    if (isTreeUrl(target)) return { ...request, tree: pathOf(target) };
    request.headers.push(['Accept', '*/*'], ['User-Agent', 'Hookline']);
    return request;
  };
});

const withBraces = (url: string): string =>
  url.replace(DOLLAR, (_, source: string) => `{{ ${source.replace(CALL, '$1.$3')} }}`);

function addressOf(source: string, faults: FaultList): (scope: Scope, budget: Budget) => string {
  if (!isTreeUrl(source.trim())) return compileUrl(source, faults, NAMES);
  const template = compileText(source.trim(), ['url'], faults, NAMES);
  if (template === null) return () => '';
  if (template.isLiteral && treePathOf(source.trim()) === null) {
    const message = 'An address of this engine has two parts, /<Tree Group>/<Tree Name>, each percent-encoded.';
    faults.add(['url'], 'invalid_url', message);
  }
  return (scope, budget) => rendered(template, scope, budget);
}

const rendered = (template: Template, scope: Scope, budget: Budget): string =>
  template.parts
    .map((part) => (typeof part === 'string' ? part : encodeComponent(toText(part.evaluate(scope, budget)))))
    .join('');

function pathOf(url: string): string {
  const path = treePathOf(url);
  if (path === null)
    throw new MappingError(`The address ${JSON.stringify(url)} names no tree: /<Tree Group>/<Tree Name>.`);
  return path;
}

function eventOf({ type, time }: Record<string, unknown>) {
  const known = platformEventOf(String(type));
  if (!known) throw new MappingError(`A platform webhook knows no event ${JSON.stringify(type)}.`);
  return { action: known.event, type: known.type, timestamp: time };
}

const dataOf = ({ data }: Record<string, unknown>): Record<string, unknown> => (isObject(data) ? data : {});
