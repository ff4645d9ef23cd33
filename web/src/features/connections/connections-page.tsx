import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useConnections } from '../../api/connections.js';
import { roleAllows, useSession } from '../../api/session.js';
import type { Connection } from '../../api/types.js';
import { ConnectionChip } from '../../connections/connection-chip.js';
import { ConnectionDialog } from '../../connections/connection-dialog.js';
import { KINDS } from '../../connections/connection-state.js';
import { Button } from '../../ui/button.js';
import { IconPlug, IconPlus } from '../../ui/icons.js';
import { List } from '../../ui/list.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { useRowKeys } from '../../ui/rows.js';
import { useShortcut } from '../../ui/shortcuts.js';
import { Ago, useNow } from '../../ui/time-text.js';
import { hostsText } from './hosts-text.js';
import list from '../../ui/list.module.css';
import classes from './connections-page.module.css';

const KEYS: [string, string][] = [
  ['J K', 'move'],
  ['Enter', 'open'],
  ['N', 'new'],
];

export function ConnectionsPage() {
  const navigate = useNavigate();
  const query = useConnections();
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const me = useSession().data;
  const mayEdit = me ? roleAllows(me.role, 'developer') : false;
  const [making, setMaking] = useState(false);
  const made = useRef<string | null>(null);
  const make = () => {
    if (mayEdit) setMaking(true);
  };
  useShortcut('n', make);
  const button = mayEdit && (
    <Button look="primary" icon={<IconPlus size={15} stroke={1.9} />} onClick={make}>
      New connection
    </Button>
  );
  return (
    <Page
      title="Connections"
      purpose="Saved sign-ins that steps can use. Secrets are encrypted and never shown again."
      aside={rows.length > 0 && button}
    >
      {making && (
        <ConnectionDialog
          connection={null}
          onSaved={({ id }) => {
            made.current = id;
          }}
          onClose={() => {
            setMaking(false);
            if (made.current) void navigate(`/connections/${made.current}`);
          }}
        />
      )}
      <List
        what="The connections"
        noun={['connection', 'connections']}
        shown={rows.length}
        query={query}
        reason={query.error && reasonOf(query.error)}
        columns={5}
        keys={KEYS}
        empty={
          <Notice icon={<IconPlug size={20} stroke={1.7} />} title="No connections yet" actions={button}>
            A step that calls a service with a sign-in names a connection, so that its secret is in one place and in no
            definition.
          </Notice>
        }
      >
        <ConnectionTable rows={rows} />
      </List>
    </Page>
  );
}

function ConnectionTable({ rows }: { rows: Connection[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const now = useNow();
  useRowKeys(body);
  return (
    <table className={list.table}>
      <caption className="sr-only">Connections, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className={list.wideOnly}>
            Type
          </th>
          <th scope="col">State</th>
          <th scope="col" className={list.mediumUp}>
            Used by
          </th>
          <th scope="col" className={`${list.fullOnly} ${list.right}`}>
            Last tested
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function ConnectionRow({ connection, now }: { connection: Connection; now: number }) {
  const { id, name, auth, usedBy, allowedHosts, lastTestedAt } = connection;
  return (
    <tr>
      <td className={list.main}>
        <div className={classes.nameCell}>
          <span className={classes.icon} aria-hidden>
            <IconPlug size={16} stroke={1.7} />
          </span>
          <div className={classes.names}>
            <div className={list.name}>
              <Link to={`/connections/${id}`} data-row-link className="foreign" title={name}>
                {name}
              </Link>
            </div>
            <p className={`${list.sub} foreign`} title={allowedHosts.join(', ') || undefined}>
              {hostsText(allowedHosts)}
            </p>
          </div>
        </div>
      </td>
      <td className={`${list.soft} ${list.wideOnly}`}>{KINDS[auth.type]}</td>
      <td>
        <ConnectionChip connection={connection} now={now} />
      </td>
      <td className={`${list.soft} ${list.mediumUp}`} title={usedBy.map((each) => each.name).join(', ') || undefined}>
        {usedBy.length === 0 ? 'Nothing' : `${usedBy.length} ${usedBy.length === 1 ? 'integration' : 'integrations'}`}
      </td>
      <td className={`${list.soft} ${list.fullOnly} ${list.right}`}>
        {lastTestedAt === null ? 'Never' : <Ago at={lastTestedAt} />}
      </td>
    </tr>
  );
}
