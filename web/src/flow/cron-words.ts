/** What people mean by most cron expressions. Minutes, hours and days as cron counts them; weekdays from 0, Sunday. */
export type Repeat =
  | { every: 'minutes'; step: number }
  | { every: 'hour'; minute: number }
  | { every: 'day'; hour: number; minute: number }
  | { every: 'weekday'; hour: number; minute: number }
  | { every: 'week'; days: number[]; hour: number; minute: number }
  | { every: 'month'; day: number; hour: number; minute: number };

export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** Null for what has no such words: then the expression itself is edited. */
export function repeatOf(cron: string): Repeat | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5) return null;
  const [minutes, hours, days, months, weekdays] = fields;
  if (months !== '*') return null;
  if (hours === '*' && days === '*' && weekdays === '*') {
    const step = minutes === '*' ? 1 : within(/^\*\/(\d{1,2})$/.exec(minutes)?.[1], 1, 59);
    if (step !== null) return { every: 'minutes', step };
    const minute = within(minutes, 0, 59);
    return minute === null ? null : { every: 'hour', minute };
  }
  const [minute, hour] = [within(minutes, 0, 59), within(hours, 0, 23)];
  if (minute === null || hour === null) return null;
  if (days !== '*') {
    const day = within(days, 1, 31);
    return day === null || weekdays !== '*' ? null : { every: 'month', day, hour, minute };
  }
  if (weekdays === '*') return { every: 'day', hour, minute };
  if (weekdays === '1-5') return { every: 'weekday', hour, minute };
  const chosen = weekdays.split(',').map((day) => within(day, 0, 7));
  if (chosen.includes(null)) return null;
  return { every: 'week', days: inOrder(chosen.map((day) => day! % 7)), hour, minute };
}

export function cronOf(repeat: Repeat): string {
  switch (repeat.every) {
    case 'minutes':
      return repeat.step === 1 ? '* * * * *' : `*/${repeat.step} * * * *`;
    case 'hour':
      return `${repeat.minute} * * * *`;
    case 'day':
      return `${repeat.minute} ${repeat.hour} * * *`;
    case 'weekday':
      return `${repeat.minute} ${repeat.hour} * * 1-5`;
    case 'week':
      return `${repeat.minute} ${repeat.hour} * * ${inOrder(repeat.days).join(',')}`;
    case 'month':
      return `${repeat.minute} ${repeat.hour} ${repeat.day} * *`;
  }
}

/** "Every weekday at 09:00"; the expression itself where there are no such words for it. */
export function cronText(cron: string): string {
  const repeat = repeatOf(cron);
  switch (repeat?.every) {
    case undefined:
      return cron;
    case 'minutes':
      return repeat.step === 1 ? 'Every minute' : `Every ${repeat.step} minutes`;
    case 'hour':
      return repeat.minute === 0 ? 'Every hour' : `Every hour at ${repeat.minute} past`;
    case 'day':
      return `Every day at ${clock(repeat)}`;
    case 'weekday':
      return `Every weekday at ${clock(repeat)}`;
    case 'week':
      return `Every ${inWords(repeat.days.map((day) => WEEKDAYS[day]))} at ${clock(repeat)}`;
    case 'month':
      return `On day ${repeat.day} of every month at ${clock(repeat)}`;
  }
}

/** As a field for times takes it: `09:05`. */
export const clock = ({ hour, minute }: { hour: number; minute: number }): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

function within(text: string | undefined, from: number, to: number): number | null {
  if (text === undefined || !/^\d{1,2}$/.test(text)) return null;
  const number = Number(text);
  return number >= from && number <= to ? number : null;
}

/** Each once, from Monday on. */
const inOrder = (days: number[]): number[] =>
  [...new Set(days)].sort((one, other) => ((one + 6) % 7) - ((other + 6) % 7));

const inWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
