import { useState, type ReactNode } from 'react';
import type { RunStats } from '../../api/types.js';
import { stretchText, tickText } from './ranges.js';
import classes from './overview.module.css';

/** So many times stand under a chart; narrow ones leave out every other. */
const TIMES = 6;

interface PlotProps {
  stats: RunStats;
  /** In a sentence, for those who do not see it; the table has the numbers. */
  label: string;
  grid: number[];
  gridText: (value: number) => string;
  /** The marks, in percent of the plot's width and height. */
  children: ReactNode;
  /** What is told of a stretch of time under the pointer. */
  tip: (bucket: RunStats['buckets'][number]) => ReactNode;
  onOpen?: (bucket: RunStats['buckets'][number]) => void;
}

/** The frame of a chart over time: lines with their values, times, and what is under the pointer. */
export function Plot({ stats, label, grid, gridText, children, tip, onOpen }: PlotProps) {
  const [under, setUnder] = useState<number | null>(null);
  const { buckets } = stats;
  const [count, greatest] = [buckets.length, grid.at(-1)!];
  const every = Math.ceil(count / TIMES);
  const middle = (index: number) => ((index + 0.5) / count) * 100;
  const bucket = under === null ? undefined : buckets[under];
  return (
    <div className={classes.plot} onMouseLeave={() => setUnder(null)}>
      <div role="img" aria-label={label} className={classes.plotArea}>
        <svg className={classes.values}>
          {grid.map((value) => (
            <text key={value} x="100%" y={`${100 - (value / greatest) * 100}%`} textAnchor="end" dy="0.32em">
              {gridText(value)}
            </text>
          ))}
        </svg>
        <svg className={classes.marks}>
          {grid.map((value) => (
            <line
              key={value}
              x2="100%"
              y1={`${100 - (value / greatest) * 100}%`}
              y2={`${100 - (value / greatest) * 100}%`}
            />
          ))}
          {children}
          {buckets.map((each, index) => (
            <rect
              key={each.at}
              className={classes.column}
              data-open={(onOpen && each.runs > 0) || undefined}
              x={`${(index / count) * 100}%`}
              width={`${100 / count}%`}
              height="100%"
              onMouseEnter={() => setUnder(index)}
              onClick={() => each.runs > 0 && onOpen?.(each)}
            />
          ))}
        </svg>
        <svg className={classes.times}>
          {buckets.map(
            ({ at }, index) =>
              index % every === 0 && (
                <text
                  key={at}
                  x={`${middle(index)}%`}
                  y="14"
                  textAnchor="middle"
                  data-second={(index / every) % 2 === 1 || undefined}
                >
                  {tickText(at, stats.range)}
                </text>
              ),
          )}
        </svg>
      </div>
      {bucket && (
        <div
          className={classes.tip}
          data-left={middle(under!) > 50 || undefined}
          style={{
            insetInlineStart: `calc(var(--plot-values) + (100% - var(--plot-values)) * ${middle(under!) / 100})`,
          }}
        >
          <b>{stretchText(bucket.at, stats)}</b>
          {tip(bucket)}
        </div>
      )}
    </div>
  );
}
