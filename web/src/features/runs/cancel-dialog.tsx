import { reasonOf } from '../../api/api-error.js';
import { useCancelRun } from '../../api/run-actions.js';
import type { Run } from '../../api/types.js';
import { announce } from '../../ui/announce.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import classes from './replay-dialog.module.css';

/** Asks once before a run is stopped. */
export function CancelDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  const cancel = useCancelRun(run.id);
  const stop = () =>
    cancel.mutate(undefined, {
      onSuccess: () => {
        announce('The run was stopped');
        onClose();
      },
    });
  return (
    <Dialog
      title={`Stop run ${run.number.toLocaleString('en')}?`}
      onClose={onClose}
      onSubmit={stop}
      busy={cancel.isPending}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" look="primary" busy={cancel.isPending}>
            Stop the run
          </Button>
        </>
      }
    >
      <p>A call in flight is cut off: its receiver may have acted on it all the same. Later steps are skipped.</p>
      <p>The run can be retried from that step afterwards.</p>
      {cancel.isError && (
        <p role="alert" className={classes.problem}>
          {reasonOf(cancel.error)}
        </p>
      )}
    </Dialog>
  );
}
