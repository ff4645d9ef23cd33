import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 10;

/** The first truthy answer of `look`. Throws, saying what was waited for, when there is none in time. */
export async function until<T>(what: string, look: () => T | Promise<T>, withinMs = 20_000): Promise<NonNullable<T>> {
  for (const giveUpAt = performance.now() + withinMs; ; await sleep(POLL_MS)) {
    const found = await look();
    if (found) return found;
    if (performance.now() > giveUpAt) throw new Error(`Not in ${withinMs} ms: ${what}.`);
  }
}
