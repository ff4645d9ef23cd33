import type { BuiltinType } from '../event-type.js';
import { count, list, maybe, object, text, time } from '../schema-words.js';

export const system: BuiltinType[] = [
  {
    name: 'system.maintenance',
    title: 'Maintenance',
    description: 'Maintenance is announced or has begun.',
    schema: object({
      message: text('For people.'),
      startsAt: time('When it begins.'),
      endsAt: maybe(time('When it is expected to end.')),
      services: list(text('Its name.'), 'What is concerned.'),
    }),
    sample: {
      message: 'Exports are not available during this time.',
      startsAt: '2026-11-29T02:00:00.000Z',
      endsAt: '2026-11-29T03:00:00.000Z',
      services: ['exports'],
    },
  },
  {
    name: 'system.service_degradation',
    title: 'Service degraded',
    description: 'A service works slower or less reliably than usual.',
    schema: object({
      service: text('Its name.'),
      severity: text('For example minor, major.'),
      message: text('For people.'),
      since: time('Since when.'),
    }),
    sample: {
      service: 'browsers',
      severity: 'minor',
      message: 'Runs take about twice as long as usual.',
      since: '2026-11-22T03:20:00.000Z',
    },
  },
  {
    name: 'system.credits_low',
    title: 'Credits low',
    description: 'Few credits are left on the account.',
    schema: object({
      remaining: count('Credits left.'),
      limit: count('Credits of the period.'),
      plan: text('Its name.'),
    }),
    sample: { remaining: 180, limit: 5000, plan: 'Team' },
  },
  {
    name: 'system.free_trial_ending',
    title: 'Free trial ending',
    description: 'The free trial of the account ends soon.',
    schema: object({ endsAt: time('When it ends.'), daysLeft: count('Whole days.') }),
    sample: { endsAt: '2026-11-25T00:00:00.000Z', daysLeft: 3 },
  },
];
