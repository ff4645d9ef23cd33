import { Link } from 'react-router';
import type { IntegrationAttention } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import list from '../../ui/list.module.css';
import classes from './integrations.module.css';

/** In the place of what starts an integration: why it cannot do its work, and the way to mend it. */
export function AttentionNote({ attention }: { attention: IntegrationAttention }) {
  if (attention.kind === 'sign-in') {
    const { connectionId, connectionName, waiting } = attention;
    return (
      <p className={`${list.sub} ${list.bad} ${classes.attention}`}>
        <span>
          Sign-in to <span className="foreign">{connectionName}</span> is needed.
          {waiting > 0 && ` ${formatCount(waiting)} ${waiting === 1 ? 'run waits' : 'runs wait'}.`}
        </span>
        <Link to={`/connections/${connectionId}`}>Sign in</Link>
      </p>
    );
  }
  const { runId, error } = attention;
  return (
    <p className={`${list.sub} ${list.bad} ${classes.attention}`}>
      <span className="foreign" title={`${error.code}: ${error.message}`}>
        Last run failed: {error.message}
      </span>
      <Link to={`/runs/${runId}`}>See why</Link>
    </p>
  );
}
