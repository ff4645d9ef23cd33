import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { hasEnded } from '../../api/run-list.js';
import { roleAllows, useSession } from '../../api/session.js';
import type { Run } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { IconPencil, IconPlayerTrackNext, IconRefresh, IconX } from '../../ui/icons.js';
import { useShortcut } from '../../ui/shortcuts.js';
import { failedStep, positionOf } from './replay-choice.js';
import button from '../../ui/button.module.css';
import classes from './run-actions.module.css';

// Most who look at a run only look.
const ReplayDialog = lazy(() => import('./replay-dialog.js').then((module) => ({ default: module.ReplayDialog })));
const CancelDialog = lazy(() => import('./cancel-dialog.js').then((module) => ({ default: module.CancelDialog })));

/** What can be done about a run, the likeliest thing first to the right. */
export function RunActions({ run }: { run: Run }) {
  const me = useSession().data;
  const navigate = useNavigate();
  const [asked, setAsked] = useState<{ from: string } | 'cancel' | null>(null);
  const mayAct = me ? roleAllows(me.role, 'operator') : false;
  const over = hasEnded(run.status);
  const failed = failedStep(run);
  // A deleted integration has no editor to open.
  const editor = run.integrationName === null ? null : `/integrations/${run.integrationId}?sample=${run.eventId}`;

  useShortcut('r', () => mayAct && over && setAsked({ from: failed?.key ?? 'start' }));
  useShortcut('o', () => editor && void navigate(editor));
  const close = () => setAsked(null);
  return (
    <div className={classes.actions}>
      {editor && (
        <Link to={editor} className={`${button.button} ${button.plain}`} title="Open in editor with this data (O)">
          <IconPencil size={15} stroke={1.7} aria-hidden />
          <span>
            Open in editor<span className={classes.more}> with this data</span>
          </span>
        </Link>
      )}
      {mayAct && over && (
        <Button
          look={failed ? 'plain' : 'primary'}
          icon={<IconRefresh size={15} stroke={1.7} aria-hidden />}
          title={failed ? undefined : 'Replay (R)'}
          onClick={() => setAsked({ from: 'start' })}
        >
          {failed ? 'Replay all' : 'Replay'}
        </Button>
      )}
      {mayAct && failed && (
        <Button
          look="primary"
          icon={<IconPlayerTrackNext size={15} stroke={1.7} aria-hidden />}
          title="Retry (R)"
          onClick={() => setAsked({ from: failed.key })}
        >
          Retry from step {positionOf(run.steps, failed.key)}
        </Button>
      )}
      {mayAct && !over && (
        <Button icon={<IconX size={15} stroke={1.7} aria-hidden />} onClick={() => setAsked('cancel')}>
          Stop
        </Button>
      )}
      <Suspense>
        {asked === 'cancel' && <CancelDialog run={run} onClose={close} />}
        {asked !== null && asked !== 'cancel' && <ReplayDialog run={run} from={asked.from} onClose={close} />}
      </Suspense>
    </div>
  );
}
