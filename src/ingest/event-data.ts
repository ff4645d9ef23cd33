import { HooklineError, pointer } from '../core/errors.js';
import { MAX_DATA_BYTES } from '../core/event.js';

/** A 413 where the JSON text of an event's data is too long. @param at where its event lies in the request */
export function refuseLongData(dataText: string, at: readonly (string | number)[] = []): void {
  if (Buffer.byteLength(dataText) <= MAX_DATA_BYTES) return;
  throw new HooklineError('too_large', 'too_large', 'The data of an event may have 1 MiB at most.', {
    faults: [{ path: pointer([...at, 'data']), code: 'too_large', message: 'has more than 1 MiB' }],
  });
}
