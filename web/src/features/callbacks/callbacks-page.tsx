import { useRef } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useCallbackSets } from '../../api/callbacks.js';
import { roleAllows, useSession } from '../../api/session.js';
import type { CallbackSet } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { IconArrowBackUpDouble, IconChevronRight, IconLock, IconPlus } from '../../ui/icons.js';
import { List } from '../../ui/list.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { useRowKeys } from '../../ui/rows.js';
import { useShortcut } from '../../ui/shortcuts.js';
import { Ago } from '../../ui/time-text.js';
import { CallbacksDialog } from './callbacks-dialog.js';
import list from '../../ui/list.module.css';

const KEYS: [string, string][] = [
  ['N', 'add'],
  ['J K', 'move'],
  ['Enter', 'open'],
];

const addressOf = (process: string | null): string => `?process=${encodeURIComponent(process ?? '')}`;

/** `?process=` holds the process whose dialog is open; empty stands for all of them. */
export function CallbacksPage() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const me = useSession().data;
  const allowed = me ? roleAllows(me.role, 'developer') : false;
  const query = useCallbackSets(allowed);
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const open = params.get('process');
  const add = () => void navigate('?new');
  useShortcut('n', () => allowed && add());
  return (
    <Page
      title="Instance callbacks"
      purpose="Call your own URLs when a process instance is created, updated or deleted."
      aside={
        allowed && (
          <Button look="primary" icon={<IconPlus size={15} stroke={1.9} />} onClick={add}>
            Add callback
          </Button>
        )
      }
    >
      {!allowed && (
        <Notice icon={<IconLock size={20} stroke={1.7} />} title="For administrators and developers">
          Ask one of them to set callback URLs, or for another role.
        </Notice>
      )}
      {allowed && (
        <List
          what="The callbacks"
          noun={['process', 'processes']}
          shown={rows.length}
          query={query}
          reason={query.error && reasonOf(query.error)}
          columns={5}
          keys={KEYS}
          empty={
            <Notice
              icon={<IconArrowBackUpDouble size={20} stroke={1.7} />}
              title="No callbacks yet"
              actions={<Button onClick={add}>Add the first one</Button>}
            >
              Choose a process, or all of them, and name the URLs to call.
            </Notice>
          }
        >
          <SetTable rows={rows} />
        </List>
      )}
      {allowed && (open !== null || params.has('new')) && !query.isPending && (
        <CallbacksDialog
          known={rows.flatMap(({ processName }) => processName ?? [])}
          process={open === null ? undefined : open || null}
          onProcess={(process) => void navigate(addressOf(process), { replace: true })}
          onClose={() => void navigate('/callbacks', { replace: true })}
        />
      )}
    </Page>
  );
}

function SetTable({ rows }: { rows: CallbackSet[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  return (
    <table className={list.table}>
      <caption className="sr-only">Instance callbacks by process</caption>
      <thead>
        <tr>
          <th scope="col">Process</th>
          <th scope="col">Created</th>
          <th scope="col">Updated</th>
          <th scope="col">Deleted</th>
          <th scope="col" className={list.mediumUp}>
            Last call
          </th>
          <td className={list.mediumUp} />
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map(({ processName, created, updated, deleted, lastCallAt }) => (
          <tr key={processName ?? ''}>
            <td className={list.main}>
              <div className={list.name}>
                <Link to={addressOf(processName)} data-row-link className="foreign">
                  {processName ?? 'All processes'}
                </Link>
              </div>
              <p className={`${list.sub} ${list.narrowOnly}`}>
                {lastCallAt ? <Ago at={lastCallAt} /> : 'Never called'}
              </p>
            </td>
            {[created, updated, deleted].map((event, index) => (
              <td key={index} className={list.soft}>
                <Count {...event} />
              </td>
            ))}
            <td className={`${list.soft} ${list.mediumUp}`}>{lastCallAt ? <Ago at={lastCallAt} /> : '—'}</td>
            <td className={`${list.right} ${list.soft} ${list.mediumUp}`}>
              <IconChevronRight size={16} stroke={1.7} aria-hidden />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Count({ enabled, urls }: CallbackSet['created']) {
  if (enabled && urls > 0) return <>{urls === 1 ? '1 URL' : `${urls} URLs`}</>;
  return <>{urls > 0 ? `Off (${urls} kept)` : 'Off'}</>;
}
