import { HooklineError } from '../core/errors.js';
import { SealError } from '../platform/secrets/key-ring.js';

/** To be thrown at whoever needs a secret that does not open: a conflict that says what to do. */
export function unreadable(error: unknown): never {
  if (!(error instanceof SealError)) throw error;
  throw new HooklineError('conflict', 'secret_unreadable', `${error.message} Or give the secret again.`);
}
