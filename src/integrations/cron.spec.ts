import { dueFires, nextFire, timingFaults } from './cron.js';

const BERLIN = 'Europe/Berlin';

/** Every time in one local day of Berlin, as it is met by a clock that goes on. */
function firesOn(cron: string, from: string, to: string): string[] {
  const times: string[] = [];
  for (let at = nextFire({ cron, timezone: BERLIN }, new Date(Date.parse(from) - 1)); at && at < new Date(to);) {
    times.push(at.toISOString().slice(11, 16));
    at = nextFire({ cron, timezone: BERLIN }, at);
  }
  return times;
}
const spring = (cron: string) => firesOn(cron, '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z');
const autumn = (cron: string) => firesOn(cron, '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z');

describe('through the nights in which the clocks of Berlin change', () => {
  it('fires a time of day that is left out once, right after the gap', () => {
    expect(spring('30 2 * * *')).toEqual(['01:00']);
  });
  it('fires a time of day that comes twice once, at the first', () => {
    expect(autumn('30 2 * * *')).toEqual(['00:30']);
  });
  it.each(['0 * * * *', '30 * * * *'])('fires %s 23 and 25 times', (cron) => {
    expect([spring(cron).length, autumn(cron).length]).toEqual([23, 25]);
  });
  it('fires every quarter of an hour without a gap and without a repeat', () => {
    expect([spring('*/15 * * * *'), autumn('*/15 * * * *')].map((all) => all.length)).toEqual([92, 100]);
  });
  it.each(['0 9 * * *', '0 3 * * *', '0 2,14 * * *'])('fires %s as often as on any other day', (cron) => {
    expect(spring(cron).length).toBe(autumn(cron).length);
  });
});

describe('a clock that looks every twenty seconds, through the same nights', () => {
  const HOUR_MS = 3_600_000;
  /** What it fires in a day of this many hours. */
  function seen(cron: string, midnight: string, hours: number): string[] {
    const schedule = { cron, timezone: BERLIN, missed: 'none' as const };
    const [from, to] = [Date.parse(midnight), Date.parse(midnight) + hours * HOUR_MS];
    const times: string[] = [];
    let due = nextFire(schedule, new Date(from - 1))!;
    for (let now = from; now < to; now += 20_000) {
      if (due.getTime() > now) continue;
      times.push(...dueFires(schedule, due, new Date(now)).map(({ at }) => at.toISOString().slice(11, 16)));
      due = nextFire(schedule, new Date(now))!;
    }
    return times;
  }
  it.each(['30 2 * * *', '0 3 * * *', '30 * * * *', '*/7 * * * *'])('fires each time of %s once', (cron) => {
    expect(seen(cron, '2026-03-28T23:00:00Z', 23)).toEqual(spring(cron));
    expect(seen(cron, '2026-10-24T22:00:00Z', 25)).toEqual(autumn(cron));
  });
});

describe('after nobody was there', () => {
  const fires = (missed: 'none' | 'last' | 'all', due: string, now: string) =>
    dueFires({ cron: '*/10 * * * *', timezone: 'UTC', missed }, new Date(due), new Date(now)).map(
      (fire) => fire.at.toISOString().slice(11, 16) + (fire.missed ? ' missed' : ''),
    );

  it.each(['none', 'last', 'all'] as const)('a time that has just come is not missed: %s', (missed) => {
    expect(fires(missed, '2026-01-01T10:00:00Z', '2026-01-01T10:00:00.004Z')).toEqual(['10:00']);
    expect(fires(missed, '2026-01-01T10:00:00Z', '2026-01-01T10:00:59Z')).toEqual(['10:00']);
  });
  it('fires none, the last, or all of them, oldest first', () => {
    const [due, now] = ['2026-01-01T10:00:00Z', '2026-01-01T10:25:00Z'];
    expect(fires('none', due, now)).toEqual([]);
    expect(fires('last', due, now)).toEqual(['10:20 missed']);
    expect(fires('all', due, now)).toEqual(['10:00 missed', '10:10 missed', '10:20 missed']);
  });
  it('fires the newest hundred at most', () => {
    expect(fires('all', '2025-01-01T10:00:00Z', '2026-01-01T10:05:00Z')).toHaveLength(100);
  });
});

describe('a schedule', () => {
  it.each([
    ['* * * * *', 'UTC', []],
    ['0 9 * * MON-FRI', BERLIN, []],
    ['0 9 L * *', BERLIN, []],
    ['0 9 * * *', 'Europe/Nowhere', ['/trigger/timezone']],
    ['0 9 * * *', '', ['/trigger/timezone']],
    ['* * * *', 'UTC', ['/trigger/cron']],
    ['0 0 9 * * *', 'UTC', ['/trigger/cron']],
    ['@daily', 'UTC', ['/trigger/cron']],
    ['? * * * *', 'UTC', ['/trigger/cron']],
    ['61 * * * *', 'UTC', ['/trigger/cron']],
    ['0 0 30 2 *', 'UTC', ['/trigger/cron']],
  ])('%s in %s: %j', (cron, timezone, paths) => {
    expect(timingFaults({ cron, timezone }).map(({ path }) => path)).toEqual(paths);
  });
});
