import { useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useJobs } from '../../api/jobs.js';
import type { Job } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import { IconClock, IconSend } from '../../ui/icons.js';
import { List } from '../../ui/list.js';
import { LiveMark } from '../../ui/list-parts.js';
import { MethodTag } from '../../ui/method-icon.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { useOpenRow, useRowKeys, type OpenRow } from '../../ui/rows.js';
import { SearchField } from '../../ui/search-field.js';
import { WithSidePanel } from '../../ui/side-panel.js';
import { Tabs } from '../../ui/tabs.js';
import { Ago } from '../../ui/time-text.js';
import { JobPanel } from './job-panel.js';
import { JobResult } from './job-result.js';
import list from '../../ui/list.module.css';
import classes from './jobs.module.css';

const STATUSES: Job['status'][] = ['Failed', 'In Progress', 'Queued', 'Complete', 'Cancelled'];
const SPANS: Record<string, [text: string, ms: number]> = {
  '1h': ['Last hour', 3_600_000],
  '24h': ['Last 24 hours', 86_400_000],
  '7d': ['Last 7 days', 7 * 86_400_000],
};
const MINUTE = 60_000;
const KEYS: [string, string][] = [
  ['/', 'webhook'],
  ['J K', 'move'],
  ['Enter', 'open'],
];

export function JobsPage() {
  const [params, setParams] = useSearchParams();
  const status = STATUSES.find((known) => known === params.get('status'));
  const webhook = params.get('webhook') ?? '';
  const span = params.get('span') ?? '';
  // To the minute, so that the question stays the same for a while.
  const start = SPANS[span] && new Date(Math.floor((Date.now() - SPANS[span][1]) / MINUTE) * MINUTE).toISOString();
  const query = useJobs({ status, webhook: webhook || undefined, start });
  const rows = query.data?.pages.flatMap((page) => page.webhookJobs) ?? [];
  const search = params.size > 0 ? `?${params}` : '';
  const set = (name: string, value: string | null): URLSearchParams => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    return next;
  };
  const open = useOpenRow('/jobs', rows, search);
  const filtered = Boolean(status || webhook || start);
  return (
    <WithSidePanel panel={open && <JobPanel key={open.id} {...open} />}>
      <Page
        title="Webhook jobs"
        purpose="Every call this server has sent: when, to where, and exactly what."
        aside={<LiveMark broken={query.isError || query.failureCount > 0} />}
      >
        <Tabs
          label="By status"
          tabs={[
            { label: 'All', to: `?${set('status', null)}`, current: !status },
            ...STATUSES.map((each) => ({
              label: each,
              to: `?${set('status', each)}`,
              current: status === each,
            })),
          ]}
        />
        <div className={list.filters}>
          <SearchField
            label="Exact webhook name"
            value={webhook}
            onSearch={(text) => setParams(set('webhook', text), { replace: true })}
          />
          <label className={classes.span} data-set={span !== '' || undefined}>
            <IconClock size={14} stroke={1.7} aria-hidden />
            <select
              aria-label="Time"
              value={span}
              onChange={(event) => setParams(set('span', event.currentTarget.value), { replace: true })}
            >
              <option value="">Any time</option>
              {Object.entries(SPANS).map(([value, [text]]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          </label>
        </div>
        <List
          what="The webhook jobs"
          noun={['job', 'jobs']}
          shown={rows.length}
          query={query}
          reason={query.error && reasonOf(query.error)}
          columns={5}
          keys={KEYS}
          onClear={filtered ? () => setParams({}, { replace: true }) : undefined}
          empty={
            <Notice icon={<IconSend size={20} stroke={1.7} />} title="No webhook jobs yet">
              A job appears here each time a platform webhook is called. Make one with{' '}
              <code>POST /app/api/v1/webhooks</code>, described at <a href="/api/docs">/api/docs</a>.
            </Notice>
          }
        >
          <JobTable rows={rows} open={open} search={search} />
        </List>
      </Page>
    </WithSidePanel>
  );
}

interface JobTableProps {
  rows: Job[];
  open: OpenRow | undefined;
  search: string;
}

function JobTable({ rows, open, search }: JobTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body, open);
  return (
    <table className={`${list.table} ${list.dense}`}>
      <caption className="sr-only">Webhook jobs, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Event and URL</th>
          <th scope="col">Result</th>
          <th scope="col" className={list.mediumUp}>
            Tries
          </th>
          <th scope="col" className={`${list.right} ${list.mediumUp}`}>
            Run
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((job) => (
          <tr key={job.id} className={job.id === open?.id ? classes.open : undefined}>
            <td className={list.soft}>
              <Ago at={job.eventTime ?? job.scheduledAt} />
            </td>
            <td className={list.main}>
              <div className={list.name}>
                <Link
                  to={`/jobs/${job.id}${search}`}
                  data-row-link
                  preventScrollReset
                  aria-current={job.id === open?.id ? 'true' : undefined}
                >
                  {job.type} {job.event}
                </Link>
                <span className={`${list.sub} foreign`}>{job.name}</span>
              </div>
              <p className={`${list.sub} ${classes.url}`}>
                <MethodTag method="POST" />
                <span className="mono foreign">{job.url.replace(/^https?:\/\//, '')}</span>
              </p>
            </td>
            <td className={list.soft}>
              <JobResult job={job} />
            </td>
            <td className={`${list.soft} ${list.mediumUp}`}>{job.retryCount + 1}</td>
            <td className={`${list.right} ${list.soft} ${list.mediumUp}`}>{formatCount(job.runNumber)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
