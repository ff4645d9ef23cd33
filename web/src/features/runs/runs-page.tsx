import { useRef } from 'react';
import { useSearchParams } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { hasEnded, useNewestRuns, useOlderLiveRuns, useRuns } from '../../api/runs.js';
import type { RunItem, RunStatus } from '../../api/types.js';
import { IconButton } from '../../ui/button.js';
import { IconActivity, IconX } from '../../ui/icons.js';
import { ListError, ListFoot, LiveMark, NoMatch, SkeletonRows } from '../../ui/list-parts.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { useRowKeys } from '../../ui/shortcuts.js';
import { Tabs } from '../../ui/tabs.js';
import { amongState } from './among.js';
import { IntegrationFilter } from './integration-filter.js';
import { liveRows } from './live-rows.js';
import { RunRow } from './run-row.js';
import list from '../../ui/list.module.css';
import classes from './runs.module.css';

const STATUSES: RunStatus[] = ['failed', 'running', 'waiting', 'succeeded'];
const KEYS: [string, string][] = [
  ['J K', 'move'],
  ['Enter', 'open'],
];

export function RunsPage() {
  const [params, setParams] = useSearchParams();
  const status = STATUSES.find((known) => known === params.get('status'));
  const integrationId = params.get('integrationId') ?? undefined;
  const eventId = params.get('eventId') ?? undefined;
  const filter = { status, integrationId, eventId };
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    if (value === null) next.delete(name);
    else next.set(name, value);
    return next;
  };

  const opened = useRuns(filter);
  const newest = useNewestRuns(filter);
  const shown = opened.data?.pages.flatMap((page) => page.data) ?? [];
  const oldestNew = newest.data?.data.at(-1)?.id ?? '';
  const older = useOlderLiveRuns(
    filter,
    newest.data?.nextCursor ? shown.filter((run) => !hasEnded(run.status) && run.id < oldestNew) : [],
  );
  const head = newest.data && { rows: newest.data.data, more: newest.data.nextCursor !== null };
  const { rows, arrived } = liveRows(shown, head, older.data?.data ?? [], status);
  // Nothing can jump in an empty list: what comes in is shown at once.
  const empty = rows.length === 0;
  const visible = empty && head ? head.rows : rows;
  const showNew = () => newest.data && opened.startFrom(newest.data);

  return (
    <Page
      title="Runs"
      purpose="Every execution, with the exact requests it made and the answers it got."
      aside={<LiveMark broken={newest.isError || newest.failureCount > 0} />}
    >
      <Tabs
        label="By status"
        tabs={[
          { label: 'All', to: `?${set('status', null)}`, current: !status },
          ...STATUSES.map((each) => ({
            label: each[0].toUpperCase() + each.slice(1),
            to: `?${set('status', each)}`,
            current: status === each,
          })),
        ]}
      />
      <div className={list.filters}>
        <IntegrationFilter
          value={integrationId ?? null}
          name={(integrationId && visible.find((run) => run.integrationId === integrationId)?.integrationName) || null}
          onChange={(id) => setParams(set('integrationId', id), { replace: true })}
        />
        {eventId && (
          <span className={list.filter}>
            <span className={list.filterButton} data-set>
              <span className="mono">{eventId}</span>
            </span>
            <IconButton
              label="Show the runs of all events"
              icon={<IconX size={14} stroke={1.7} />}
              onClick={() => setParams(set('eventId', null), { replace: true })}
            />
          </span>
        )}
      </div>
      {opened.isPending && <SkeletonRows label="Loading the runs" columns={6} />}
      {opened.isError && visible.length === 0 && (
        <ListError what="The runs" reason={reasonOf(opened.error)} onRetry={() => opened.refetch()} />
      )}
      {opened.isSuccess && visible.length === 0 && (
        <NoRuns
          filtered={Boolean(status || integrationId || eventId)}
          onClear={() => setParams({}, { replace: true })}
        />
      )}
      {visible.length > 0 && (
        <>
          <div role="status" className={classes.newBar}>
            {arrived > 0 && !empty && (
              <button type="button" onClick={showNew}>
                Show {arrived}
                {head?.more && arrived === head.rows.length ? '+' : ''} new {arrived === 1 ? 'run' : 'runs'}
              </button>
            )}
          </div>
          <RunTable rows={visible} search={String(params)} />
          <ListFoot
            count={`${visible.length}${opened.hasNextPage ? '+' : ''} ${visible.length === 1 ? 'run' : 'runs'}`}
            keys={KEYS}
            more={opened.hasNextPage}
            loading={opened.isFetchingNextPage}
            onMore={() => opened.fetchNextPage()}
          />
        </>
      )}
    </Page>
  );
}

function NoRuns({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered) return <NoMatch onClear={onClear} />;
  return (
    <Notice icon={<IconActivity size={20} stroke={1.7} />} title="No runs yet">
      A run appears here as soon as an event reaches an integration that is on.
    </Notice>
  );
}

function RunTable({ rows, search }: { rows: RunItem[]; search: string }) {
  const state = amongState(
    rows.map(({ id }) => id),
    search && `?${search}`,
  );
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  return (
    <table className={`${list.table} ${list.dense}`}>
      <caption className="sr-only">Runs, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Integration</th>
          <th scope="col" className={list.fullOnly}>
            Event
          </th>
          <th scope="col" className={`${list.right} ${list.mediumUp}`}>
            Run
          </th>
          <th scope="col" className={`${list.right} ${list.fullOnly}`}>
            Version
          </th>
          <th scope="col" className={`${list.right} ${list.mediumUp}`}>
            Took
          </th>
          <th scope="col" className={`${list.right} ${list.mediumUp}`}>
            Started
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((run) => (
          <RunRow key={run.id} run={run} state={state} />
        ))}
      </tbody>
    </table>
  );
}
