import type { TriggerSummary } from '../api/types.js';
import { targetOf, triggerText } from './describe.js';

it.each([
  ['', 'No URL yet'],
  ['https://erp.example.com/v1/companies/{{ trigger.data.code }}/orders?x=1', 'erp.example.com/v1/companies/…/orders'],
  ['{{ trigger.data.url }}', '…'],
  ['http://a.example:8080/', 'a.example:8080'],
])('shows where %j goes as %j', (url, shown) => expect(targetOf({ input: { url } as never })).toBe(shown));

it.each<[TriggerSummary, string]>([
  [{ type: 'event', eventType: 'project.task.completed' }, 'project.task.completed'],
  [{ type: 'event', eventType: ['a.b', 'c.d', 'e.f'] }, 'a.b and 2 more'],
  [{ type: 'event', eventType: null }, 'Not set up yet'],
  [{ type: 'manual', eventType: null }, 'Started by hand'],
  [{ type: 'webhook', eventType: null }, 'Called at its hook URL'],
  [{ type: 'schedule', eventType: null }, 'On a schedule'],
])('the trigger %j reads %s', (trigger, text) => expect(triggerText(trigger)).toBe(text));
