import { useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useEvents } from '../../api/events.js';
import type { EventItem } from '../../api/types.js';
import { IconBolt, IconX } from '../../ui/icons.js';
import { Button } from '../../ui/button.js';
import { List } from '../../ui/list.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { useOpenRow, useRowKeys, type OpenRow } from '../../ui/rows.js';
import { SearchField } from '../../ui/search-field.js';
import { WithSidePanel } from '../../ui/side-panel.js';
import { Ago } from '../../ui/time-text.js';
import { EventPanel } from './event-panel.js';
import { EventTabs } from './event-tabs.js';
import list from '../../ui/list.module.css';

const KEYS: [string, string][] = [
  ['/', 'search'],
  ['J K', 'move'],
  ['Enter', 'open'],
];

export function EventsPage() {
  const [params, setParams] = useSearchParams();
  const type = params.get('type') ?? '';
  const q = params.get('q') ?? '';
  const query = useEvents({ type, q });
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  const isFiltered = type !== '' || q !== '';
  const trail = params.size > 0 ? `?${params}` : '';
  const open = useOpenRow('/events', rows, trail);
  return (
    <WithSidePanel panel={open && <EventPanel key={open.id} {...open} />}>
      <Page title="Events" purpose="Everything that came in, and what it started.">
        <EventTabs current="events" />
        <div className={list.filters}>
          <SearchField label="Type, subject or text in the data" value={q} onSearch={(text) => set('q', text)} />
          {type !== '' && (
            <Button small icon={<IconX size={14} stroke={1.7} />} onClick={() => set('type', '')}>
              Only {type}
            </Button>
          )}
        </div>
        <List
          what="The events"
          noun={['event', 'events']}
          shown={rows.length}
          query={query}
          reason={query.error && reasonOf(query.error)}
          columns={4}
          keys={KEYS}
          onClear={isFiltered ? () => setParams({}, { replace: true }) : undefined}
          empty={
            <Notice icon={<IconBolt size={20} stroke={1.7} />} title="No events yet">
              Send one with <code>POST /api/v1/events</code>, described at <a href="/api/docs">/api/docs</a>.
            </Notice>
          }
        >
          <EventTable rows={rows} trail={trail} open={open} />
        </List>
      </Page>
    </WithSidePanel>
  );
}

function startedBy({ runs, held }: EventItem): string {
  const parts = [runs.length > 0 && `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`, held > 0 && `${held} held`];
  return parts.filter(Boolean).join(', ') || 'Nothing';
}

interface EventTableProps {
  rows: EventItem[];
  trail: string;
  open: OpenRow | undefined;
}

function EventTable({ rows, trail, open }: EventTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body, open);
  return (
    <table className={`${list.table} ${list.dense}`}>
      <caption className="sr-only">Events, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Received</th>
          <th scope="col">Event</th>
          <th scope="col" className={list.mediumUp}>
            Source
          </th>
          <th scope="col" className={list.right}>
            Started
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((event) => (
          <tr key={event.id}>
            <td className={list.soft}>
              <Ago at={event.receivedAt} />
            </td>
            <td className={list.main}>
              <div className={list.name}>
                <Link
                  to={`/events/${event.id}${trail}`}
                  data-row-link
                  preventScrollReset
                  className="foreign"
                  aria-current={event.id === open?.id ? 'true' : undefined}
                >
                  {event.type}
                </Link>
              </div>
              <p className={`${list.sub} foreign`}>{event.subject ?? event.id}</p>
            </td>
            <td className={`${list.soft} ${list.mediumUp} foreign`}>{event.source}</td>
            <td className={`${list.right} ${list.soft}`}>{startedBy(event)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
