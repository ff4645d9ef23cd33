import { useState } from 'react';
import { Link } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { roleAllows, useSession } from '../../api/session.js';
import { useRetryAll, useRetryCount } from '../../api/stats.js';
import type { FailingIntegration, RunStats } from '../../api/types.js';
import { announce } from '../../ui/announce.js';
import { Button } from '../../ui/button.js';
import { formatCount } from '../../ui/bytes.js';
import { Dialog } from '../../ui/dialog.js';
import { IconCircleCheckFilled, IconCircleXFilled } from '../../ui/icons.js';
import { Ago } from '../../ui/time-text.js';
import { Card, type Loaded } from './card.js';
import classes from './overview.module.css';

/** Rows of a card; the list of runs has them all. */
const SHOWN = 5;

/** Integrations with failed runs that nobody has put right, and the button that tries them again. */
export function FailingNow({ stats, ...loaded }: Loaded & { stats: RunStats | undefined }) {
  const me = useSession().data;
  const mayRetry = me ? roleAllows(me.role, 'operator') : false;
  const [asked, setAsked] = useState<FailingIntegration | null>(null);
  return (
    <Card {...loaded} title="Failing now" aside={<Link to="/runs?status=failed">All failed runs</Link>}>
      {stats && stats.failing.length === 0 && (
        <p className={classes.well}>
          <IconCircleCheckFilled size={16} aria-hidden /> Nothing is failing
        </p>
      )}
      {stats && stats.failing.length > 0 && (
        <ul className={classes.rows}>
          {stats.failing.slice(0, SHOWN).map((failing) => (
            <li key={failing.integrationId}>
              <IconCircleXFilled size={16} aria-hidden />
              <div className={classes.what}>
                <Link to={`/runs?status=failed&integrationId=${failing.integrationId}`} className="foreign">
                  {failing.integrationName ?? 'Deleted integration'}
                </Link>
                <p className="foreign" title={failing.error.message}>
                  {failing.error.message}
                </p>
              </div>
              <b className="nums" title="Failed runs">
                {formatCount(failing.runs)}
                <span className="sr-only"> failed {failing.runs === 1 ? 'run' : 'runs'}</span>
              </b>
              <span className={classes.when}>
                <Ago at={failing.lastAt} />
              </span>
              {mayRetry && (
                <Button
                  small
                  aria-label={`Retry ${failing.integrationName ?? 'deleted integration'}`}
                  onClick={() => setAsked(failing)}
                >
                  Retry
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {stats && asked && <RetryDialog failing={asked} from={stats.from} onClose={() => setAsked(null)} />}
    </Card>
  );
}

interface RetryDialogProps {
  failing: FailingIntegration;
  from: string;
  onClose: () => void;
}

/** Says how many before anything is sent: calls are made to other people's systems. */
function RetryDialog({ failing, from, onClose }: RetryDialogProps) {
  // The range moves on while one reads: what was counted is what is retried.
  const [since] = useState(from);
  const count = useRetryCount(failing, since);
  const retry = useRetryAll(failing, since);
  const name = failing.integrationName ?? 'Deleted integration';
  const runs = count.data === undefined ? '…' : `${formatCount(count.data)} ${count.data === 1 ? 'run' : 'runs'}`;
  const submit = () => {
    if (!count.data) return;
    retry.mutate(undefined, {
      onSuccess: ({ matched }) => {
        announce(`${matched} ${matched === 1 ? 'run is' : 'runs are'} being retried`);
        onClose();
      },
    });
  };
  const error = count.error ?? retry.error;
  return (
    <Dialog
      title="Retry what failed"
      onClose={onClose}
      onSubmit={submit}
      busy={retry.isPending}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={retry.isPending || count.isPending} disabled={!count.data}>
            {count.data === 0 ? 'Nothing to retry' : `Retry ${runs}`}
          </Button>
        </>
      }
    >
      <p>
        <b className="foreign">{name}</b>: {runs} of the chosen range failed. Each goes on from the step that failed, as
        the version that it ran; steps that succeeded keep their results and are not called again. At most ten are begun
        in a second.
      </p>
      {error && <p role="alert">{reasonOf(error)}</p>}
    </Dialog>
  );
}
