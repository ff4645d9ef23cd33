import { Button } from '../../ui/button.js';
import { CopyButton } from '../../ui/copy-button.js';
import classes from './callbacks.module.css';

/** Shown once, right after signing was turned on. */
export function NewSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <section className={classes.secret} aria-label="Signing secret">
      <h3>Saved. Copy the signing secret now</h3>
      <p>
        It is shown this once. Receivers verify the <code>webhook-signature</code> header with it (Standard Webhooks).
      </p>
      <div>
        <code tabIndex={0}>{secret}</code>
        <CopyButton text={secret} label="Copy the signing secret" wide />
      </div>
      <Button look="primary" autoFocus onClick={onClose}>
        Done
      </Button>
    </section>
  );
}
