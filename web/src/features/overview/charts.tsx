import { useNavigate } from 'react-router';
import type { RunStats } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import { formatDuration } from '../../ui/time.js';
import { Plot } from './plot.js';
import { runsOfBar } from './ranges.js';
import { gridOf, linePaths } from './scale.js';
import { otherRuns } from './totals.js';
import classes from './overview.module.css';

interface ChartProps {
  stats: RunStats;
}

/** Of the place that one bar has. */
const BAR_WIDTH = 0.76;

/** Failed runs stand at the base, so that few of them are seen too. A press on a bar opens its runs. */
export function RunsChart({ stats }: ChartProps) {
  const navigate = useNavigate();
  const { total, buckets, bucketMs } = stats;
  const grid = gridOf(Math.max(...buckets.map(({ runs }) => runs)), true);
  const greatest = grid.at(-1)!;
  const place = 100 / buckets.length;
  return (
    <Plot
      stats={stats}
      label={`${formatCount(total.runs)} runs, ${formatCount(total.failed)} of them failed`}
      grid={grid}
      gridText={formatCount}
      onOpen={({ at }) => void navigate(runsOfBar(at, bucketMs))}
      tip={(bucket) => (
        <>
          <span data-series="Succeeded">{formatCount(bucket.succeeded)} succeeded</span>
          <span data-series="Failed">{formatCount(bucket.failed)} failed</span>
          {otherRuns(bucket) > 0 && (
            <span data-series="Other">{formatCount(otherRuns(bucket))} canceled or under way</span>
          )}
        </>
      )}
    >
      {buckets.map((bucket, index) => {
        const x = `${(index + (1 - BAR_WIDTH) / 2) * place}%`;
        let top = 100;
        return [
          [classes.failedBar, bucket.failed] as const,
          [classes.goodBar, bucket.succeeded] as const,
          [classes.otherBar, otherRuns(bucket)] as const,
        ].map(([look, runs]) => {
          if (runs === 0) return null;
          const height = (runs / greatest) * 100;
          top -= height;
          return (
            <rect
              key={`${bucket.at} ${look}`}
              className={look}
              x={x}
              y={`${top}%`}
              width={`${BAR_WIDTH * place}%`}
              height={`${height}%`}
            />
          );
        });
      })}
    </Plot>
  );
}

/** Of runs that succeeded, from their making to their end. */
export function DurationChart({ stats }: ChartProps) {
  const { total, buckets } = stats;
  const grid = gridOf(Math.max(...buckets.map(({ p95Ms }) => p95Ms ?? 0)), false);
  const greatest = grid.at(-1)!;
  const text = (ms: number | null) => (ms === null ? '—' : formatDuration(ms));
  return (
    <Plot
      stats={stats}
      label={`Half of the runs took ${text(total.p50Ms)} or less, 19 of 20 took ${text(total.p95Ms)} or less`}
      grid={grid}
      gridText={(ms) => (ms === 0 ? '0' : formatDuration(ms))}
      tip={({ p50Ms, p95Ms }) => (
        <>
          <span data-series="p95">p95 {text(p95Ms)}</span>
          <span data-series="p50">p50 {text(p50Ms)}</span>
        </>
      )}
    >
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" overflow="visible">
        <Line look={classes.p50} values={buckets.map(({ p50Ms }) => p50Ms)} greatest={greatest} />
        <Line look={classes.p95} values={buckets.map(({ p95Ms }) => p95Ms)} greatest={greatest} />
      </svg>
    </Plot>
  );
}

function Line({ look, values, greatest }: { look: string; values: (number | null)[]; greatest: number }) {
  const { lines, dots } = linePaths(values, greatest);
  return (
    <g className={look}>
      <path d={lines} />
      <path d={dots} data-dots />
    </g>
  );
}
