import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import {
  useIntegrationActivity,
  useIntegrationCounts,
  useIntegrations,
  useRowAction,
  useToggleIntegration,
} from '../../api/integrations.js';
import { roleAllows, useSession } from '../../api/session.js';
import type { IntegrationItem } from '../../api/types.js';
import { announce } from '../../ui/announce.js';
import { Button } from '../../ui/button.js';
import { IconPlus, IconRoute } from '../../ui/icons.js';
import { List } from '../../ui/list.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { useRowKeys } from '../../ui/rows.js';
import { SearchField } from '../../ui/search-field.js';
import { useShortcut } from '../../ui/shortcuts.js';
import { Tabs } from '../../ui/tabs.js';
import { VIEWS } from './list-views.js';
import { IntegrationRow } from './integration-row.js';
import { NewIntegrationDialog } from './new-integration-dialog.js';
import button from '../../ui/button.module.css';
import list from '../../ui/list.module.css';
import classes from './integrations.module.css';

const NEWEST = '-created';
const SORTS = [
  [NEWEST, 'newest'],
  ['-updated', 'last changed'],
  ['name', 'name'],
] as const;
const KEYS: [string, string][] = [
  ['/', 'search'],
  ['J K', 'move'],
  ['Space', 'on or off'],
  ['E', 'edit'],
  ['D', 'duplicate'],
  ['N', 'new'],
];

export function IntegrationsPage() {
  const [params, setParams] = useSearchParams();
  const view = VIEWS.find(({ key }) => key === params.get('view')) ?? VIEWS[0];
  const q = params.get('q') ?? '';
  const sort = SORTS.find(([key]) => key === params.get('sort'))?.[0] ?? NEWEST;
  const query = useIntegrations({ ...view.filter, q: q || undefined, sort });
  const counts = useIntegrationCounts().data;
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
  const filtered = view !== VIEWS[0] || q !== '';
  const changed = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    return next;
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
        tabs={VIEWS.map(({ key, label }) => ({
          label,
          to: `/integrations?${changed('view', key === 'all' ? null : key)}`,
          current: view.key === key,
          count: key === 'archived' ? undefined : counts?.[key],
          alarming: key === 'attention',
        }))}
      />
      <div className={list.filters}>
        <SearchField
          label="Search by name"
          value={q}
          onSearch={(text) => setParams(changed('q', text), { replace: true })}
        />
        <label className={classes.sort}>
          <span>Sorted by</span>
          <select
            value={sort}
            onChange={(event) =>
              setParams(changed('sort', event.currentTarget.value === NEWEST ? null : event.currentTarget.value), {
                replace: true,
              })
            }
          >
            {SORTS.map(([key, text]) => (
              <option key={key} value={key}>
                {text}
              </option>
            ))}
          </select>
        </label>
      </div>
      <List
        what="The integrations"
        noun={['integration', 'integrations']}
        shown={rows.length}
        query={query}
        reason={query.error && reasonOf(query.error)}
        columns={7}
        keys={KEYS}
        onClear={filtered ? () => setParams(new URLSearchParams(), { replace: true }) : undefined}
        empty={<NoIntegrations onMake={mayEdit ? () => setMaking(true) : undefined} />}
      >
        <IntegrationTable rows={rows} />
      </List>
    </Page>
  );
}

/** `onMake` is absent for those who may only look. */
function NoIntegrations({ onMake }: { onMake?: () => void }) {
  return (
    <Notice
      icon={<IconRoute size={20} stroke={1.7} />}
      title="No integrations yet"
      actions={
        onMake && (
          <>
            <Button look="primary" onClick={onMake}>
              Start with a blank one
            </Button>
            <Link to="/first-run" className={`${button.button} ${button.plain}`}>
              Start from an example
            </Link>
          </>
        )
      }
    >
      Draw one here, or make one through the API, described at <a href="/api/docs">/api/docs</a>.
    </Notice>
  );
}

function IntegrationTable({ rows }: { rows: IntegrationItem[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const me = useSession().data;
  const toggle = useToggleIntegration();
  const act = useRowAction();
  const [refusals, setRefusals] = useState<Record<string, string>>({});
  const activity = useIntegrationActivity(rows.map(({ id }) => id));
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
  const reasonAgainst = ({ state, publishedVersion }: IntegrationItem): string | undefined => {
    if (me && !mayEdit) return `As ${me.role} you may look, but not switch integrations.`;
    if (state === 'archived') return 'It is archived: bring it back first.';
    return publishedVersion === null ? 'It is a draft: open it, and turn it on there once it is tested.' : undefined;
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
      <caption className="sr-only">Integrations, and what they did in the last 24 hours</caption>
      <thead>
        <tr>
          <th scope="col">On</th>
          <th scope="col">Integration</th>
          <th scope="col" className={list.mediumUp}>
            Steps
          </th>
          <th scope="col" className={list.wideOnly}>
            Last run
          </th>
          <th scope="col" className={list.fullOnly}>
            Last 24 hours
          </th>
          <th scope="col" className={`${list.wideOnly} ${list.right}`}>
            Runs
          </th>
          <th scope="col" className={`${list.fullOnly} ${list.right}`}>
            Success
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
            activity={activity.get(row.id)}
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
