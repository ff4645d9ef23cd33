import { useId, useState, type ReactNode } from 'react';
import { reasonOf } from '../../api/api-error.js';
import { Button } from '../../ui/button.js';
import { IconAlertCircleFilled, IconRefresh } from '../../ui/icons.js';
import classes from './overview.module.css';

export interface Loaded {
  /** Why its numbers are not there. */
  error: Error | null;
  onRetry: () => void;
}

interface CardProps extends Loaded {
  title: string;
  /** Right of the title. */
  aside?: ReactNode;
  /** Null while it is loading. */
  children: ReactNode;
}

/** One question with its answer; where the answer fails, the card says so and the others go on. */
export function Card({ title, aside, error, onRetry, children }: CardProps) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id}>
      <header className={classes.cardHead}>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {error ? (
        <div className={classes.failed} role="alert">
          <IconAlertCircleFilled size={16} aria-hidden />
          <span>{reasonOf(error)}</span>
          <Button small icon={<IconRefresh size={14} stroke={1.7} />} onClick={onRetry}>
            Try again
          </Button>
        </div>
      ) : (
        (children ?? <Bones />)
      )}
    </section>
  );
}

/** Stands where a chart or a list will be, in its size. */
export const Bones = () => <div className={classes.bones} aria-hidden />;

export type Series = 'Succeeded' | 'Failed' | 'Other' | 'p95' | 'p50';

interface ChartCardProps extends Loaded {
  title: string;
  legend: Series[];
  empty: boolean;
  chart: ReactNode;
  /** The same as the chart, for those who do not see it or want the exact numbers. */
  table: ReactNode;
}

export function ChartCard({ legend, empty, chart, table, ...card }: ChartCardProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <Card
      {...card}
      aside={
        <>
          <ul className={classes.legend} aria-hidden>
            {legend.map((series) => (
              <li key={series} data-series={series}>
                {series}
              </li>
            ))}
          </ul>
          <Button small look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            Show as table
          </Button>
        </>
      }
    >
      {chart && empty && <p className={classes.none}>No runs in this range</p>}
      {chart && !empty && (asTable ? table : chart)}
    </Card>
  );
}
