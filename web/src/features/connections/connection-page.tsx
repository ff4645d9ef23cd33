import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { reasonOf, statusOf } from '../../api/api-error.js';
import { useConnection } from '../../api/connections.js';
import { roleAllows, useSession } from '../../api/session.js';
import type { Connection } from '../../api/types.js';
import { ConnectionChip } from '../../connections/connection-chip.js';
import { ConnectionDialog } from '../../connections/connection-dialog.js';
import { KINDS } from '../../connections/connection-state.js';
import { SignInStatus } from '../../connections/sign-in-status.js';
import { useSignIn, type SignInPhase } from '../../connections/use-sign-in.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { CopyButton } from '../../ui/copy-button.js';
import { IconPencil, IconPlug, IconTrash } from '../../ui/icons.js';
import { ListError, SkeletonRows } from '../../ui/list-parts.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { formatExact } from '../../ui/time.js';
import { Ago, useNow } from '../../ui/time-text.js';
import { ConnectionTest } from './connection-test.js';
import { DeleteDialog } from './delete-dialog.js';
import classes from './connections-page.module.css';

const FOLLOW_MS = 15_000;

export function ConnectionPage() {
  const { id = '' } = useParams();
  const query = useConnection(id, FOLLOW_MS);
  if (query.data) return <ConnectionView key={id} connection={query.data} />;
  if (query.isPending)
    return (
      <Page title="Connection" purpose="">
        <SkeletonRows label="Loading the connection" columns={2} />
      </Page>
    );
  if (statusOf(query.error) === 404 || statusOf(query.error) === 422)
    return (
      <Notice heading="h1" icon={<IconPlug size={20} stroke={1.7} />} title="There is no such connection">
        <title>Connection not found · Hookline</title>
        It may have been deleted. <Link to="/connections">See all connections</Link>
      </Notice>
    );
  return (
    <ListError heading="h1" what="This connection" reason={reasonOf(query.error)} onRetry={() => query.refetch()} />
  );
}

function ConnectionView({ connection }: { connection: Connection }) {
  const navigate = useNavigate();
  const now = useNow();
  const me = useSession().data;
  const mayEdit = me ? roleAllows(me.role, 'developer') : false;
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const signIn = useSignIn(() => {});
  const phase = useReturnedSignIn(connection, signIn.phase);
  const { name, auth, usedBy } = connection;
  return (
    <Page
      title={name}
      purpose={KINDS[auth.type]}
      aside={
        mayEdit && (
          <div className={classes.actions}>
            <Button icon={<IconTrash size={15} stroke={1.7} />} onClick={() => setOpen('delete')}>
              Delete
            </Button>
            <Button look="primary" icon={<IconPencil size={15} stroke={1.7} />} onClick={() => setOpen('edit')}>
              Edit
            </Button>
          </div>
        )
      }
    >
      <p className={classes.back}>
        <Link to="/connections">All connections</Link>
        <ConnectionChip connection={connection} now={now} />
      </p>
      <SignInStatus
        heading="h2"
        phase={phase}
        connection={connection}
        onSignIn={mayEdit ? () => void signIn.start(() => Promise.resolve(connection)) : undefined}
      />
      {phase.kind === 'waiting' && (
        <p className={classes.cancel}>
          <Button onClick={signIn.cancel}>Cancel the sign-in</Button>
        </p>
      )}
      <div className={classes.columns}>
        <Facts connection={connection} />
        <section aria-labelledby="used-by">
          <h2 id="used-by">Used by</h2>
          {usedBy.length === 0 ? (
            <p className={classes.none}>No integration uses it.</p>
          ) : (
            <ul className={classes.users}>
              {usedBy.map((each) => (
                <li key={each.id}>
                  <Link to={`/integrations/${each.id}`} className="foreign">
                    {each.name}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      {mayEdit && auth.type !== 'shared-secret' && <ConnectionTest connection={connection} />}
      {open === 'edit' && <ConnectionDialog connection={connection} onSaved={() => {}} onClose={() => setOpen(null)} />}
      {open === 'delete' && (
        <DeleteDialog
          connection={connection}
          onClose={() => setOpen(null)}
          onDeleted={() => void navigate('/connections', { replace: true })}
        />
      )}
    </Page>
  );
}

/** A sign-in that had to leave this page comes back with its outcome in the address. */
function useReturnedSignIn(connection: Connection, phase: SignInPhase): SignInPhase {
  const [params] = useSearchParams();
  const outcome = params.get('signIn');
  if (phase.kind !== 'idle' || (outcome !== 'denied' && outcome !== 'failed')) return phase;
  const error = 'error' in connection.auth ? connection.auth.error?.message : undefined;
  return { kind: outcome, message: error ?? 'Try it again.' };
}

function TlsFact({ tls }: { tls: NonNullable<Connection['tls']> }) {
  const parts = [
    tls.ca !== null && `An authority of its own${tls.caExpiresAt ? `, until ${formatExact(tls.caExpiresAt)}` : ''}`,
    tls.cert !== null && `A client certificate${tls.certExpiresAt ? `, until ${formatExact(tls.certExpiresAt)}` : ''}`,
    tls.servername !== null && `Checked for ${tls.servername}`,
  ].filter((part) => part !== false);
  return (
    <>
      {tls.skipVerify && <Chip tone="er">Takes any certificate</Chip>} {parts.join('. ')}
    </>
  );
}

function Facts({
  connection: { auth, allowedHosts, tls, proxy, lastTestedAt, lastTestOutcome, createdAt },
}: {
  connection: Connection;
}) {
  const facts: [string, React.ReactNode][] = [];
  if (auth.type === 'basic') facts.push(['User name', <code key="a">{auth.username}</code>]);
  if (auth.type === 'api-key') {
    const place = auth.in === 'header' ? 'Header' : 'Query parameter';
    facts.push([place, <code key="a">{auth.name}</code>]);
  }
  if ('secrets' in auth) facts.push(['Secrets', `${auth.secrets.length} stored`]);
  if (auth.type === 'oauth2') {
    facts.push([
      'Callback URL',
      <span key="a" className={classes.copied}>
        <code>{auth.callbackUrl}</code>
        <CopyButton text={auth.callbackUrl} label="Copy the callback URL" />
      </span>,
    ]);
    facts.push(['Authorization URL', <code key="b">{auth.authorizationUrl}</code>]);
  }
  if ('accessTokenUrl' in auth) {
    facts.push(['Access token URL', <code key="a">{auth.accessTokenUrl}</code>]);
    facts.push(['Client ID', <code key="b">{auth.clientId}</code>]);
    facts.push(['Scope', auth.scope ? <code key="c">{auth.scope}</code> : 'None asked for']);
  }
  facts.push([
    'Allowed hosts',
    allowedHosts.length === 0 ? 'Any host' : <code key="h">{allowedHosts.join(', ')}</code>,
  ]);
  if (tls !== null) facts.push(['TLS', <TlsFact key="tls" tls={tls} />]);
  if (proxy !== null) facts.push(['Proxy', <code key="proxy">{proxy.url}</code>]);
  facts.push(['Last tested', lastTestedAt === null ? 'Never' : <Ago key="t" at={lastTestedAt} />]);
  if (lastTestOutcome === 'failed')
    facts[facts.length - 1] = [
      'Last tested',
      <span key="f">
        <Ago at={lastTestedAt!} />, failed
      </span>,
    ];
  facts.push(['Created', <Ago key="c" at={createdAt} />]);
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">Settings</h2>
      <dl className={classes.facts}>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="foreign">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
