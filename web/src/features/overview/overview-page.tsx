import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useRunStats } from '../../api/stats.js';
import type { StatsRange } from '../../api/types.js';
import { LiveMark } from '../../ui/list-parts.js';
import { Page } from '../../ui/page.js';
import { Segmented } from '../../ui/segmented.js';
import { Banner } from './banner.js';
import { BusiestHosts } from './busiest-hosts.js';
import { ChartCard } from './card.js';
import { DurationChart, RunsChart } from './charts.js';
import { FailingNow } from './failing-now.js';
import { Numbers } from './numbers.js';
import { RANGES, wordsOf } from './ranges.js';
import { DurationTable, RunsTable } from './tables.js';
import { otherRuns } from './totals.js';
import classes from './overview.module.css';

export function OverviewPage() {
  const [params, setParams] = useSearchParams();
  const range = RANGES.find(({ value }) => value === params.get('range'))?.value ?? '24h';
  const query = useRunStats(range);
  const stats = query.data;
  // While it is asked for again the reason stays, and the button with it.
  const [failed, setFailed] = useState<{ range: StatsRange; error: Error } | null>(null);
  if (query.error && query.error !== failed?.error) setFailed({ range, error: query.error });
  const loaded = {
    error: !stats && failed?.range === range ? failed.error : null,
    onRetry: () => void query.refetch(),
  };
  const none = stats?.total.runs === 0;
  return (
    <Page
      title="Overview"
      purpose="What runs, what fails, and what waits for you."
      aside={
        <div className={classes.aside}>
          <LiveMark broken={query.isError || query.failureCount > 0} />
          <Segmented<StatsRange>
            label="Range"
            value={range}
            options={RANGES}
            onChange={(next) => setParams(next === '24h' ? {} : { range: next }, { replace: true })}
          />
        </div>
      }
    >
      <p className="sr-only" role="status">
        {query.isPending ? 'Loading the counts' : ''}
      </p>
      <div className={classes.page}>
        <Banner stats={stats} />
        <Numbers stats={stats} range={range} />
        <div className={classes.charts}>
          <ChartCard
            {...loaded}
            title={`Runs per ${wordsOf(range).bucket}`}
            legend={stats && otherRuns(stats.total) > 0 ? ['Succeeded', 'Failed', 'Other'] : ['Succeeded', 'Failed']}
            empty={none}
            chart={stats && <RunsChart stats={stats} />}
            table={stats && <RunsTable stats={stats} />}
          />
          <ChartCard
            {...loaded}
            title="Time to deliver"
            legend={['p95', 'p50']}
            empty={none}
            chart={stats && <DurationChart stats={stats} />}
            table={stats && <DurationTable stats={stats} />}
          />
        </div>
        <div className={classes.lists}>
          <FailingNow {...loaded} stats={stats} />
          <BusiestHosts {...loaded} stats={stats} />
        </div>
      </div>
    </Page>
  );
}
