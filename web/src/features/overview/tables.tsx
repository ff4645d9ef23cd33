import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { RunStats } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import { formatDuration } from '../../ui/time.js';
import { runsOfBar, stretchText } from './ranges.js';
import { otherRuns } from './totals.js';
import classes from './overview.module.css';

interface TableProps {
  stats: RunStats;
}

/** What the chart of runs shows, newest first; each row leads to its runs, as a press on its bar does. */
export function RunsTable({ stats }: TableProps) {
  const { bucketMs } = stats;
  return (
    <NumbersTable caption="Runs" columns={['Succeeded', 'Failed', 'Other', 'Runs']}>
      {stats.buckets.toReversed().map((bucket) => (
        <tr key={bucket.at}>
          <th scope="row">
            {bucket.runs > 0 ? (
              <Link to={runsOfBar(bucket.at, bucketMs)}>{stretchText(bucket.at, stats)}</Link>
            ) : (
              stretchText(bucket.at, stats)
            )}
          </th>
          <td>{formatCount(bucket.succeeded)}</td>
          <td className={bucket.failed > 0 ? classes.bad : undefined}>{formatCount(bucket.failed)}</td>
          <td>{formatCount(otherRuns(bucket))}</td>
          <td>{formatCount(bucket.runs)}</td>
        </tr>
      ))}
    </NumbersTable>
  );
}

export function DurationTable({ stats }: TableProps) {
  const text = (ms: number | null) => (ms === null ? '—' : formatDuration(ms));
  return (
    <NumbersTable caption="Time to deliver" columns={['p50', 'p95']}>
      {stats.buckets.toReversed().map(({ at, p50Ms, p95Ms }) => (
        <tr key={at}>
          <th scope="row">{stretchText(at, stats)}</th>
          <td>{text(p50Ms)}</td>
          <td>{text(p95Ms)}</td>
        </tr>
      ))}
    </NumbersTable>
  );
}

function NumbersTable({ caption, columns, children }: { caption: string; columns: string[]; children: ReactNode }) {
  return (
    // Focusable, so that the arrow keys can scroll it.
    <div className={classes.tableBox} tabIndex={0} role="region" aria-label={`${caption} as a table`}>
      <table>
        <caption className="sr-only">{caption}, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
