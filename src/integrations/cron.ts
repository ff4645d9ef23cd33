import { Cron } from 'croner';
import type { ScheduleTrigger } from '../core/definition.js';
import { pointer, type Fault } from '../core/errors.js';

type Timing = Pick<ScheduleTrigger, 'cron' | 'timezone'>;

/** Five fields, without what is decided when it is read (`?`) and without nicknames. */
const FIVE_FIELDS = /^\s*[\w*,/#-]+(\s+[\w*,/#-]+){4}\s*$/;
/** Fired at most this late a time is not missed: a process was being started, or was busy. */
const GRACE_MS = 60_000;
/** Of missed times with `all`; the newest. */
const MAX_MISSED = 100;

/**
 * Daylight saving as Vixie cron has it: a time of day that a night leaves out fires once, right after the gap; one that
 * comes twice fires at the first. Patterns with a wildcard or a step in minute or hour follow the clock instead:
 * hourly fires 23 times in one night's day and 25 times in the other's.
 */
const pattern = ({ cron, timezone }: Timing): Cron =>
  new Cron(cron, { timezone, mode: '5-part', paused: true, fixedTimeRule: 'no-wildcard' });

/** What keeps a schedule from ever firing. */
export function timingFaults({ cron, timezone }: Timing): Fault[] {
  const fault = (key: string, code: string, message: string) => [{ path: pointer(['trigger', key]), code, message }];
  if (!isTimeZone(timezone)) {
    return fault('timezone', 'unknown_timezone', `There is no time zone "${timezone}": write it as "Europe/Berlin".`);
  }
  if (!FIVE_FIELDS.test(cron)) {
    return fault('cron', 'invalid_cron', 'Must be five fields: minute, hour, day, month, weekday.');
  }
  try {
    if (pattern({ cron, timezone }).nextRun() !== null) return [];
    return fault('cron', 'invalid_cron', 'There is no such time: it would never fire.');
  } catch (error) {
    return fault('cron', 'invalid_cron', `${(error as Error).message.replace(/^CronPattern: /, '').slice(0, 200)}`);
  }
}

/** The first time after `after`; null where there is none any more. */
export const nextFire = (timing: Timing, after: Date): Date | null => pattern(timing).nextRun(after);

/** The next times after `after`, at most `count`, the first one first. */
export const nextFires = (timing: Timing, after: Date, count: number): Date[] => pattern(timing).nextRuns(count, after);

export interface Fire {
  at: Date;
  /** It fires late, because nobody was there at its time. */
  missed: boolean;
}

/** What is to fire now, oldest first. @param due the time that was next, not after `now` */
export function dueFires(schedule: Timing & Pick<ScheduleTrigger, 'missed'>, due: Date, now: Date): Fire[] {
  const times = pattern(schedule)
    .previousRuns(schedule.missed === 'all' ? MAX_MISSED : 2, new Date(now.getTime() + 1_000))
    .filter((at) => at <= now && at >= due);
  const wanted = schedule.missed === 'all' ? times : times.slice(0, 1);
  return wanted
    .map((at) => ({ at, missed: now.getTime() - at.getTime() > GRACE_MS }))
    .filter(({ missed }) => !missed || schedule.missed !== 'none')
    .reverse();
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name !== '';
  } catch {
    return false;
  }
}
