import type { RunStats, StatsRange } from '../../api/types.js';

interface RangeWords {
  value: StatsRange;
  text: string;
  /** What one bar stands for. */
  bucket: string;
  /** The stretch of time before it, which its numbers are compared with. */
  before: string;
  tick: Intl.DateTimeFormatOptions;
}

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;

export const RANGES: RangeWords[] = [
  { value: '1h', text: '1 h', bucket: '2 minutes', before: 'the hour before', tick: CLOCK },
  { value: '24h', text: '24 h', bucket: 'half hour', before: 'the day before', tick: CLOCK },
  {
    value: '7d',
    text: '7 d',
    bucket: '4 hours',
    before: 'the week before',
    tick: { weekday: 'short', day: 'numeric' },
  },
  { value: '30d', text: '30 d', bucket: 'day', before: 'the 30 days before', tick: { day: 'numeric', month: 'short' } },
];

export const wordsOf = (range: StatsRange): RangeWords => RANGES.find(({ value }) => value === range)!;

/** For an axis: short, in the reader's own time zone. */
export const tickText = (at: string, range: StatsRange): string =>
  new Intl.DateTimeFormat('en-GB', wordsOf(range).tick).format(new Date(at));

/** The whole stretch of a bar: `14:00 to 14:30`, with its day where the range has several. */
export function stretchText(at: string, { range, bucketMs }: Pick<RunStats, 'range' | 'bucketMs'>): string {
  const day = range === '7d' || range === '30d' ? ({ weekday: 'short', day: 'numeric', month: 'short' } as const) : {};
  const start = new Date(at);
  if (range === '30d') return new Intl.DateTimeFormat('en-GB', { ...day, ...CLOCK }).format(start);
  const end = new Intl.DateTimeFormat('en-GB', CLOCK).format(new Date(start.getTime() + bucketMs));
  return `${new Intl.DateTimeFormat('en-GB', { ...day, ...CLOCK }).format(start)} to ${end}`;
}

/** The list of the runs that a bar counts. */
export const runsOfBar = (at: string, bucketMs: number): string =>
  `/runs?${new URLSearchParams({ from: at, to: new Date(Date.parse(at) + bucketMs).toISOString() })}`;
