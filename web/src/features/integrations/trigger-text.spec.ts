import type { TriggerSummary } from '../../api/types.js';
import { triggerText } from './trigger-text.js';

it.each<[TriggerSummary, string]>([
  [{ type: 'event', eventType: 'project.task.completed' }, 'project.task.completed'],
  [{ type: 'event', eventType: ['a.b', 'c.d', 'e.f'] }, 'a.b and 2 more'],
  [{ type: 'event', eventType: null }, 'Not set up yet'],
  [{ type: 'manual', eventType: null }, 'Started by hand'],
])('the trigger %j reads %s', (trigger, text) => expect(triggerText(trigger)).toBe(text));
