import type { BuiltinType } from '../event-type.js';
import { flag, object, text, time } from '../schema-words.js';

/** What arrives at a hook URL is data of any shape; its request is beside it, as `trigger.headers` and the like. */
export const webhook: BuiltinType[] = [
  {
    name: 'webhook.received',
    title: 'Request received',
    description: 'Somebody called the hook URL of an integration.',
    schema: { description: 'The body of the request, read by its content type.' },
    sample: { orderId: 'A-1042', status: 'paid', total: 184.5, currency: 'EUR' },
  },
];

export const schedule: BuiltinType[] = [
  {
    name: 'schedule.fired',
    title: 'Time reached',
    description: 'A time of an integration’s schedule has come.',
    schema: object(
      {
        scheduledAt: time('The time that has come.'),
        timezone: text('IANA name.'),
        cron: text('Minute, hour, day, month, weekday.'),
        missed: flag('True where nobody was there at that time, so that it fires late.'),
      },
      ['scheduledAt', 'timezone', 'cron', 'missed'],
    ),
    sample: { scheduledAt: '2026-11-23T08:00:00.000Z', timezone: 'Europe/Berlin', cron: '0 9 * * 1-5', missed: false },
  },
];

export const manual: BuiltinType[] = [
  {
    name: 'manual.started',
    title: 'Started by hand',
    description: 'Somebody started the integration.',
    schema: { description: 'What they gave it.' },
    sample: { note: 'Started from the builder' },
  },
];
