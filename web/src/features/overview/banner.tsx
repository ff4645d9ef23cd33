import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useConnectionChoices } from '../../api/catalog.js';
import type { Connection, RunStats } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import { IconCircleXFilled, IconPlugConnectedX } from '../../ui/icons.js';
import classes from './overview.module.css';

/** From so many failed runs on it is no single mishap any more. */
const MANY = 3;

/** The worst of what is wrong now, and the way to mend it; nothing where nothing is. */
export function Banner({ stats }: { stats: RunStats | undefined }) {
  const connections = useConnectionChoices().data ?? [];
  const signOuts = connections
    .filter(({ auth }) => 'status' in auth && auth.status === 'reconnect')
    .map((connection) => ({ connection, waits: waitsFor(connection, stats) }))
    .sort((a, b) => b.waits.runs - a.waits.runs);
  if (signOuts.length > 0) {
    const [{ connection, waits }, ...others] = signOuts;
    return (
      <Problem
        icon={<IconPlugConnectedX size={18} stroke={1.7} aria-hidden />}
        title={`${connection.name} needs you to sign in again.`}
        action={<Link to={`/connections/${connection.id}`}>Reconnect</Link>}
      >
        {waits.runs > 0
          ? `${formatCount(waits.runs)} ${waits.runs === 1 ? 'run' : 'runs'} of ${waits.of} ${waits.runs === 1 ? 'is' : 'are'} waiting and will continue by themselves.`
          : 'Runs that need it will wait, and continue by themselves.'}
        {others.length > 0 && ` So ${others.length === 1 ? 'does one other' : `do ${others.length} others`}.`}
      </Problem>
    );
  }
  const worst = stats?.failing[0];
  if (!worst || worst.runs < MANY) return null;
  return (
    <Problem
      icon={<IconCircleXFilled size={18} aria-hidden />}
      title={`“${worst.integrationName ?? 'Deleted integration'}” failed ${formatCount(worst.runs)} times.`}
      action={<Link to={`/runs/${worst.lastRunId}`}>See why</Link>}
    >
      {worst.error.message}
    </Problem>
  );
}

function waitsFor({ usedBy }: Connection, stats: RunStats | undefined): { runs: number; of: string } {
  const users = new Set(usedBy.map(({ id }) => id));
  const waits = (stats?.waiting.forSignIn ?? []).filter(({ integrationId }) => users.has(integrationId));
  const runs = waits.reduce((sum, wait) => sum + wait.runs, 0);
  const of = waits.length === 1 ? `“${waits[0].integrationName}”` : `${waits.length} integrations`;
  return { runs, of };
}

interface ProblemProps {
  icon: ReactNode;
  title: string;
  action: ReactNode;
  children: ReactNode;
}

function Problem({ icon, title, action, children }: ProblemProps) {
  return (
    <section className={classes.banner} aria-label="Needs attention">
      {icon}
      <p>
        <b className="foreign">{title}</b> <span className="foreign">{children}</span>
      </p>
      {action}
    </section>
  );
}
