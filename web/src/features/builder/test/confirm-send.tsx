import { useRef } from 'react';
import { Button } from '../../../ui/button.js';
import { useModal } from '../../../ui/modal.js';
import classes from '../panel/dialog.module.css';

interface ConfirmSendProps {
  method: string;
  host: string;
  onSend: () => void;
  onClose: () => void;
}

/** Asked once for each host before a test changes something there. */
export function ConfirmSend({ method, host, onSend, onClose }: ConfirmSendProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useModal(dialog);
  return (
    <dialog ref={dialog} className={classes.dialog} aria-labelledby="send-title" onClose={onClose}>
      <h2 id="send-title">
        Send a real {method} to {host}?
      </h2>
      <p>The test makes the call as a run would: what it does there is done. You are asked once for this host.</p>
      <div className={classes.actions}>
        <Button onClick={() => dialog.current?.close()}>Cancel</Button>
        <Button look="primary" data-first-focus onClick={onSend}>
          Send it
        </Button>
      </div>
    </dialog>
  );
}
