import { useEffect, useRef, useState } from 'react';
import { reasonOf } from '../../api/api-error.js';
import { useLiveRuns, type RunFilter } from '../../api/live-runs.js';
import { IconActivity } from '../../ui/icons.js';
import { List } from '../../ui/list.js';
import { LiveMark } from '../../ui/list-parts.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { Tabs } from '../../ui/tabs.js';
import { CauseList } from './cause-list.js';
import { isInUse, useScrolled } from './in-use.js';
import { NewRunsBar } from './new-runs-bar.js';
import { RunFilters } from './run-filters.js';
import { RunTable } from './run-table.js';
import { STATUSES, useRunFilter } from './use-run-filter.js';

const KEYS: [string, string][] = [
  ['/', 'search'],
  ['J K', 'move'],
  ['Enter', 'open'],
];

export function RunsPage() {
  const { filter, byCause, address, set, search, ...rest } = useRunFilter();
  const [lost, setLost] = useState(false);
  return (
    <Page
      title="Runs"
      purpose="Every execution, with the exact requests it made and the answers it got."
      aside={<LiveMark broken={lost} />}
    >
      <Tabs
        label="By status"
        tabs={[
          { label: 'All', to: address({ status: null, group: null }), current: !filter.status && !byCause },
          ...STATUSES.map((each) => ({
            label: each[0].toUpperCase() + each.slice(1),
            to: address({ status: each, group: null }),
            current: filter.status === each && !byCause,
          })),
        ]}
      />
      <RunFilters filter={filter} byCause={byCause} onChange={set} />
      {byCause ? <CauseList filter={filter} /> : <RunList filter={filter} search={search} onLost={setLost} {...rest} />}
    </Page>
  );
}

interface RunListProps {
  filter: RunFilter;
  search: string;
  isSet: boolean;
  clear: () => void;
  onLost: (lost: boolean) => void;
}

function RunList({ filter, search, isSet, clear, onLost }: RunListProps) {
  const region = useRef<HTMLDivElement>(null);
  const { query, rows, arrived, overflow, lost, showNew, release } = useLiveRuns(filter, () => isInUse(region.current));
  useScrolled(release);
  useEffect(() => onLost(lost), [lost, onLost]);
  const show = async (byKey: boolean) => {
    await showNew();
    window.scrollTo(0, 0);
    if (byKey) requestAnimationFrame(() => region.current?.querySelector<HTMLElement>('[data-row-link]')?.focus());
  };
  return (
    <div
      // Nobody is at work in an empty list: what comes in is shown at once.
      ref={rows.length > 0 ? region : undefined}
      onPointerLeave={release}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && release()}
    >
      <List
        what="The runs"
        noun={['run', 'runs']}
        shown={rows.length}
        query={query}
        reason={query.error && reasonOf(query.error)}
        columns={6}
        keys={arrived > 0 ? [...KEYS, ['.', 'show new']] : KEYS}
        onClear={isSet ? clear : undefined}
        empty={<NoRuns />}
      >
        <NewRunsBar arrived={arrived} more={overflow} onShow={(byKey) => void show(byKey)} />
        <RunTable rows={rows} search={search} />
      </List>
    </div>
  );
}

function NoRuns() {
  return (
    <Notice icon={<IconActivity size={20} stroke={1.7} />} title="No runs yet">
      A run appears here by itself as soon as an event reaches an integration that is on.
    </Notice>
  );
}
