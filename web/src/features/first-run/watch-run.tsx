import { Link } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useLatestRuns, useTurnOn } from '../../api/first-run.js';
import type { IntegrationItem, RunStatus } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { Ago } from '../../ui/time-text.js';
import classes from './first-run.module.css';

const TONES: Partial<Record<RunStatus, Tone>> = { succeeded: 'ok', failed: 'er', running: 'in', waiting: 'wa' };

interface WatchRunProps {
  integration: Pick<IntegrationItem, 'id' | 'name' | 'state'>;
  mayEdit: boolean;
}

/** Its switch, and its newest runs as they go on. */
export function WatchRun({ integration: { id, name, state }, mayEdit }: WatchRunProps) {
  const runs = useLatestRuns(id).data ?? [];
  const turnOn = useTurnOn();
  return (
    <>
      {state === 'off' && mayEdit && (
        <div className={classes.actions}>
          <Button look="primary" busy={turnOn.isPending} onClick={() => turnOn.mutate(id)}>
            Turn it on
          </Button>
          <span className="foreign">{name} is off</span>
        </div>
      )}
      {state === 'on' && runs.length === 0 && (
        <p role="status">
          <b className="foreign">{name}</b> is on. Send the event, and its run appears here.
        </p>
      )}
      {runs.length > 0 && (
        <ul className={classes.runs} aria-label="Newest runs">
          {runs.map((run) => (
            <li key={run.id}>
              <Link to={`/runs/${run.id}`}>Run {run.number}</Link>
              <Chip tone={TONES[run.status]}>{run.status}</Chip>
              <Ago at={run.createdAt} />
              {run.error && <span className="foreign">{run.error.message}</span>}
            </li>
          ))}
        </ul>
      )}
      {turnOn.error && (
        <p role="alert" className={classes.bad}>
          {reasonOf(turnOn.error)}
        </p>
      )}
    </>
  );
}
