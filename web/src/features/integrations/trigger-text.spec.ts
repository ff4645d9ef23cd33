import { triggerText } from './trigger-text.js';

it.each([
  [{ type: 'event', eventType: 'project.task.completed' }, 'project.task.completed'],
  [{ type: 'event', eventType: ['a.b', 'c.d', 'e.f'] }, 'a.b and 2 more'],
  [{ type: 'event', eventType: null }, 'Not set up yet'],
  [{ type: 'manual', eventType: null }, 'Started by hand'],
  [{ type: 'schedule' }, 'On a schedule'],
])('the trigger %j reads %s', (trigger, text) => expect(triggerText(trigger)).toBe(text));
