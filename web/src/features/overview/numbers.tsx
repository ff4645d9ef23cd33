import type { ReactNode } from 'react';
import type { RunStats, StatsRange } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import { useNow } from '../../ui/time-text.js';
import { formatDuration } from '../../ui/time.js';
import { wordsOf } from './ranges.js';
import { percentText, successOf } from './totals.js';
import classes from './overview.module.css';

interface NumbersProps {
  /** Absent while it is loading, and where it could not be loaded. */
  stats: RunStats | undefined;
  range: StatsRange;
}

/** The four numbers that tell at a glance whether today is like the day before. */
export function Numbers({ stats, range }: NumbersProps) {
  const { before } = wordsOf(range);
  const success = stats ? successOf(stats.total) : null;
  const successBefore = stats ? successOf(stats.before) : null;
  const [p95, p95Before] = [stats?.total.p95Ms ?? null, stats?.before.p95Ms ?? null];
  return (
    <dl className={classes.numbers}>
      <Figure name="Runs" value={stats && formatCount(stats.total.runs)}>
        {stats && `vs ${formatCount(stats.before.runs)} ${before}`}
      </Figure>
      <Figure name="Succeeded" value={stats && percentText(success)}>
        <Change
          by={difference(success, successBefore, 0.05)}
          text={(by) => by.toFixed(1)}
          goodUp
          words={`points vs ${before}`}
        />
      </Figure>
      <Figure name="Waiting or retrying" value={stats && formatCount(stats.waiting.runs)}>
        {stats && (stats.waiting.oldestAt ? <Oldest at={stats.waiting.oldestAt} /> : 'nothing waits')}
      </Figure>
      <Figure name="Time to deliver, p95" value={stats && (p95 === null ? '—' : formatDuration(p95))}>
        {/* What is read from bins is right to 2 %: less is no change. */}
        <Change by={difference(p95, p95Before, (p95 ?? 0) * 0.04)} text={formatDuration} words={`vs ${before}`} />
      </Figure>
    </dl>
  );
}

function Figure({ name, value, children }: { name: string; value: string | undefined; children: ReactNode }) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd className={classes.value}>{value ?? <i className={classes.bone} aria-hidden />}</dd>
      <dd className={classes.compared}>{children}</dd>
    </div>
  );
}

const Oldest = ({ at }: { at: string }) => `oldest ${formatDuration(useNow() - Date.parse(at))}`;

/** Null where there is nothing to compare, 0 where it is within `noise`. */
const difference = (now: number | null, then: number | null, noise: number): number | null =>
  now === null || then === null ? null : Math.abs(now - then) <= noise ? 0 : now - then;

interface ChangeProps {
  by: number | null;
  text: (size: number) => string;
  words: string;
  /** Whether more is better. */
  goodUp?: boolean;
}

function Change({ by, text, words, goodUp = false }: ChangeProps) {
  if (by === null) return null;
  if (by === 0) return `as ${words.replace(/^(points )?vs /, '')}`;
  return (
    <>
      <b data-good={by > 0 === goodUp}>
        {by > 0 ? '+' : '−'}
        {text(Math.abs(by))}
      </b>{' '}
      {words}
    </>
  );
}
