import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useIntegrations, useRowAction, useToggleIntegration } from '../../api/integrations.js';
import { roleAllows, useSession } from '../../api/session.js';
import type { IntegrationItem } from '../../api/types.js';
import { announce } from '../../ui/announce.js';
import { Button } from '../../ui/button.js';
import { IconPlus, IconRoute } from '../../ui/icons.js';
import { ListError, ListFoot, NoMatch, SkeletonRows } from '../../ui/list-parts.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { SearchField } from '../../ui/search-field.js';
import { useRowKeys, useShortcut } from '../../ui/shortcuts.js';
import { Tabs } from '../../ui/tabs.js';
import { IntegrationRow } from './integration-row.js';
import { NewIntegrationDialog } from './new-integration-dialog.js';
import { TryItCard, WELCOME } from './try-it-card.js';
import list from '../../ui/list.module.css';

const STATES = ['on', 'off', 'archived'] as const;
const KEYS: [string, string][] = [
  ['/', 'search'],
  ['J K', 'move'],
  ['Space', 'on or off'],
  ['Enter', 'open'],
  ['D', 'duplicate'],
  ['N', 'new'],
];

export function IntegrationsPage() {
  const [params, setParams] = useSearchParams();
  const state = STATES.find((known) => known === params.get('state'));
  const q = params.get('q') ?? '';
  const query = useIntegrations({ state, q: q || undefined });
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const me = useSession().data;
  const mayEdit = me ? roleAllows(me.role, 'developer') : false;
  // In the address, so that a link can open it.
  const making = params.has('new');
  const setMaking = (open: boolean) => {
    const next = new URLSearchParams(params);
    if (open) next.set('new', '');
    else next.delete('new');
    setParams(next, { replace: true });
  };
  useShortcut('n', () => mayEdit && setMaking(true));
  const filtered = state !== undefined || q !== '';

  const address = (nextState: string | undefined) => {
    const next = new URLSearchParams(q ? { q } : {});
    if (nextState) next.set('state', nextState);
    return `/integrations?${next}`;
  };
  const search = (text: string) => {
    const next = new URLSearchParams(state ? { state } : {});
    if (text) next.set('q', text);
    setParams(next, { replace: true });
  };

  return (
    <Page
      title="Integrations"
      purpose="Each integration starts with an event and sends it on, step by step."
      aside={
        mayEdit && (
          <Button look="primary" icon={<IconPlus size={15} stroke={1.9} />} onClick={() => setMaking(true)}>
            New integration
          </Button>
        )
      }
    >
      {making && <NewIntegrationDialog onClose={() => setMaking(false)} />}
      <Tabs
        label="By state"
        tabs={[
          { label: 'All', to: address(undefined), current: state === undefined },
          { label: 'On', to: address('on'), current: state === 'on' },
          { label: 'Off', to: address('off'), current: state === 'off' },
          { label: 'Archived', to: address('archived'), current: state === 'archived' },
        ]}
      />
      {!filtered && rows.length === 1 && isSample(rows[0]) && <TryItCard />}
      <div className={list.filters}>
        <SearchField label="Search by name" value={q} onSearch={search} />
      </div>
      {query.isPending && <SkeletonRows label="Loading the integrations" columns={6} />}
      {query.isError && rows.length === 0 && (
        <ListError what="The integrations" reason={reasonOf(query.error)} onRetry={() => query.refetch()} />
      )}
      {query.isSuccess && rows.length === 0 && filtered && (
        <NoMatch onClear={() => setParams(new URLSearchParams(), { replace: true })} />
      )}
      {query.isSuccess && rows.length === 0 && !filtered && (
        <Notice
          icon={<IconRoute size={20} stroke={1.7} />}
          title="No integrations yet"
          actions={
            mayEdit && (
              <Button look="primary" onClick={() => setMaking(true)}>
                New integration
              </Button>
            )
          }
        >
          Draw one here, or make one through the API, described at <a href="/api/docs">/api/docs</a>.
        </Notice>
      )}
      {rows.length > 0 && <IntegrationTable rows={rows} />}
      {rows.length > 0 && (
        <ListFoot
          count={`${rows.length}${query.hasNextPage ? '+' : ''} ${rows.length === 1 ? 'integration' : 'integrations'}`}
          keys={KEYS}
          more={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onMore={() => query.fetchNextPage()}
        />
      )}
    </Page>
  );
}

const isSample = ({ trigger }: IntegrationItem): boolean => [trigger.eventType].flat().includes(WELCOME.type);

function IntegrationTable({ rows }: { rows: IntegrationItem[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const me = useSession().data;
  const toggle = useToggleIntegration();
  const act = useRowAction();
  const [refusals, setRefusals] = useState<Record<string, string>>({});
  useRowKeys(body);

  const change = ({ id, name }: IntegrationItem, on: boolean) => {
    setRefusals(({ [id]: _answered, ...rest }) => rest);
    toggle.mutate(
      { id, state: on ? 'on' : 'off' },
      {
        onSuccess: () => announce(`${name} is ${on ? 'on' : 'off'}`),
        onError: (error) =>
          setRefusals((known) => ({ ...known, [id]: `Still ${on ? 'off' : 'on'}: ${reasonOf(error)}` })),
      },
    );
  };
  const mayEdit = me ? roleAllows(me.role, 'developer') : false;
  const reasonAgainst = ({ state }: IntegrationItem): string | undefined => {
    if (me && !mayEdit) return `As ${me.role} you may look, but not switch integrations.`;
    return state === 'archived' ? 'It is archived: bring it back first.' : undefined;
  };
  const refuse = ({ id }: IntegrationItem, reason: string) => setRefusals((known) => ({ ...known, [id]: reason }));
  const duplicate = (integration: IntegrationItem) =>
    act.mutate(
      { id: integration.id, action: 'duplicate' },
      {
        onSuccess: () => announce(`${integration.name} is duplicated`),
        onError: (error) => refuse(integration, reasonOf(error)),
      },
    );

  return (
    <table className={list.table}>
      <caption className="sr-only">Integrations, newest first</caption>
      <thead>
        <tr>
          <th scope="col">On</th>
          <th scope="col">Integration</th>
          <th scope="col" className={list.mediumUp}>
            Steps
          </th>
          <th scope="col" className={list.wideOnly}>
            Live
          </th>
          <th scope="col" className={`${list.wideOnly} ${list.right}`}>
            Changed
          </th>
          <th scope="col">
            <span className="sr-only">More</span>
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row) => (
          <IntegrationRow
            key={row.id}
            integration={row}
            refusal={refusals[row.id]}
            disabledReason={reasonAgainst(row)}
            mayEdit={mayEdit}
            onToggle={change}
            onDuplicate={duplicate}
            onRefused={refuse}
          />
        ))}
      </tbody>
    </table>
  );
}
