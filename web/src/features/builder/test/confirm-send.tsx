import { Button } from '../../../ui/button.js';
import { Dialog } from '../../../ui/dialog.js';

interface ConfirmSendProps {
  method: string;
  host: string;
  onSend: () => void;
  onClose: () => void;
}

/** Asked once for each host before a test changes something there. */
export function ConfirmSend({ method, host, onSend, onClose }: ConfirmSendProps) {
  return (
    <Dialog
      title={`Send a real ${method} to ${host}?`}
      onClose={onClose}
      onSubmit={onSend}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" data-first-focus>
            Send it
          </Button>
        </>
      }
    >
      <p>The test makes the call as a run would: what it does there is done. You are asked once for this host.</p>
    </Dialog>
  );
}
