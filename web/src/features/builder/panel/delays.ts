import type { Step } from '../../../api/types.js';

/** How long each further try waits for, without the ± 20 %. */
export function delaysOf({ attempts, backoff, firstDelayMs, maxDelayMs }: Step['retry']): number[] {
  return Array.from({ length: Math.max(0, attempts - 1) }, (_, index) =>
    Math.min(maxDelayMs, backoff === 'fixed' ? firstDelayMs : firstDelayMs * 2 ** index),
  );
}
