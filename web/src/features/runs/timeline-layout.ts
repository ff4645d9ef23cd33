import type { Attempt, Run } from '../../api/types.js';

export type SegmentKind = 'event' | 'succeeded' | 'failed' | 'unknown' | 'running' | 'waiting';

/** A stretch of a time bar, in percent of the whole run. */
export interface Segment {
  kind: SegmentKind;
  left: number;
  width: number;
}

export interface TimelineRow {
  key: string;
  segments: Segment[];
  /** From the first try's start to the last one's end (or now); null for a step that was not reached. */
  durationMs: number | null;
}

export interface Timeline {
  totalMs: number;
  rows: TimelineRow[];
}

/** Under this a segment would be too thin to see. */
const MIN_WIDTH = 1.6;

/** Where each step's tries lie in the time of the run. `now` ends what has not ended yet. */
export function layoutTimeline(run: Pick<Run, 'createdAt' | 'finishedAt' | 'steps'>, now: number): Timeline {
  const start = Date.parse(run.createdAt);
  const ends = run.steps.flatMap((step) => step.attempts.map((attempt) => endOf(attempt, now)));
  const end = Math.max(start + 1, run.finishedAt ? Date.parse(run.finishedAt) : now, ...(run.finishedAt ? ends : []));
  const place = (kind: SegmentKind, from: number, to: number): Segment => {
    const width = Math.min(100, Math.max(MIN_WIDTH, ((to - from) / (end - start)) * 100));
    const left = Math.min(100 - width, Math.max(0, ((from - start) / (end - start)) * 100));
    return { kind, left: round(left), width: round(width) };
  };
  const rows = run.steps.map(({ key, attempts }): TimelineRow => {
    if (attempts.length === 0) return { key, segments: [], durationMs: null };
    const segments = attempts.flatMap((attempt, index) => {
      const from = Date.parse(attempt.startedAt);
      const to = endOf(attempt, now);
      const next = attempts[index + 1];
      const until = next ? Date.parse(next.startedAt) : attempt.nextAttemptAt && !run.finishedAt ? now : to;
      const call = place(kindOf(attempt), from, to);
      return until > to ? [place('waiting', to, until), call] : [call];
    });
    const last = attempts[attempts.length - 1];
    return { key, segments, durationMs: endOf(last, now) - Date.parse(attempts[0].startedAt) };
  });
  return { totalMs: end - start, rows };
}

const endOf = (attempt: Attempt, now: number): number =>
  attempt.durationMs === null
    ? attempt.status === 'started'
      ? Math.max(now, Date.parse(attempt.startedAt))
      : Date.parse(attempt.startedAt)
    : Date.parse(attempt.startedAt) + attempt.durationMs;

const kindOf = ({ status }: Attempt): SegmentKind => (status === 'started' ? 'running' : status);

const round = (percent: number): number => Math.round(percent * 100) / 100;
