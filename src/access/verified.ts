import { HooklineError } from '../core/errors.js';
import { Batcher } from '../platform/database/batcher.js';

const FRESH_MS = 5_000;
const MAX_KEPT = 10_000;
const MAX_WAITING = 5_000;
const MAX_PER_QUERY = 200;

/** Reads what is stored under some hashes, by hash; what is not there is left out. */
export type Load<Found> = (hashes: string[]) => Promise<Map<string, Found>>;

/**
 * What is known about secrets, by their hash, for five seconds: no request on the hot path asks the database who it
 * is. Look-ups share a query, one at a time, so a flood of wrong secrets costs one busy connection and no more. What
 * was not found is not kept: a new key works at once.
 */
export class Verified<Found extends object> {
  private readonly kept = new Map<string, { found: Found; staleAt: number }>();
  private readonly lookUps: Batcher<string, Found | null>;
  /** Raised by every `forget`: what was read before then may be old, and is not kept. */
  private epoch = 0;

  constructor(load: Load<Found>) {
    this.lookUps = new Batcher(
      async (hashes) => {
        const epoch = this.epoch;
        const found = await load(hashes);
        if (epoch === this.epoch) for (const [hash, value] of found) this.keep(hash, value);
        return hashes.map((hash) => found.get(hash) ?? null);
      },
      { maxItems: MAX_PER_QUERY, maxInFlight: 1 },
    );
  }

  /** What is known now; undefined where the database must be asked. */
  peek(hash: string, nowMs: number): Found | undefined {
    const entry = this.kept.get(hash);
    return entry !== undefined && nowMs < entry.staleAt ? entry.found : undefined;
  }

  async find(hash: string): Promise<Found | null> {
    if (this.lookUps.backlog >= MAX_WAITING) {
      throw new HooklineError('rate_limited', 'busy', 'Too many unknown keys are being looked up. Try again.', {
        retryAfterMs: 1_000,
      });
    }
    return this.lookUps.push(hash);
  }

  /** Everything: it is read again within milliseconds, and a notification seldom comes. */
  forget(): void {
    this.epoch++;
    this.kept.clear();
  }

  private keep(hash: string, found: Found): void {
    this.kept.delete(hash);
    if (this.kept.size >= MAX_KEPT) this.kept.delete(this.kept.keys().next().value as string);
    this.kept.set(hash, { found, staleAt: Date.now() + FRESH_MS });
  }
}
