import { cronOf, cronText, repeatOf } from './cron-words.js';

it.each([
  ['* * * * *', 'Every minute'],
  ['*/15 * * * *', 'Every 15 minutes'],
  ['0 * * * *', 'Every hour'],
  ['20 * * * *', 'Every hour at 20 past'],
  ['5 9 * * *', 'Every day at 09:05'],
  ['0 9 * * 1-5', 'Every weekday at 09:00'],
  ['30 18 * * 1', 'Every Monday at 18:30'],
  ['0 8 * * 1,3,0', 'Every Monday, Wednesday and Sunday at 08:00'],
  ['0 0 31 * *', 'On day 31 of every month at 00:00'],
])('%s reads "%s" and is written the same again', (cron, words) => {
  expect(cronText(cron)).toBe(words);
  expect(cronOf(repeatOf(cron)!)).toBe(cron);
});

it.each([
  '0 9 1 * 1',
  '0 9 * 6 *',
  '0 9-17 * * *',
  '*/15 9 * * *',
  '*/0 * * * *',
  '60 9 * * *',
  '0 9 * * MON',
  '',
  '@daily',
])('has no words for %j, which stays as it is', (cron) => {
  expect(repeatOf(cron)).toBeNull();
  expect(cronText(cron)).toBe(cron);
});

it('counts Sunday once, whether it is written 0 or 7', () => {
  expect(repeatOf('0 9 * * 7,0')).toEqual({ every: 'week', days: [0], hour: 9, minute: 0 });
});
