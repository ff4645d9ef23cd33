/** Of one integration and one reason: beyond it, deliveries are counted and not kept each by itself. */
const BURST = 100;
const PER_SECOND = 5;
const MAX_FLOODS = 10_000;

interface Flood {
  tokens: number;
  atMs: number;
  /** The last one that was kept: the others are counted there. */
  lastId: string;
  uncounted: number;
}

/** Which refused deliveries are kept and which are only counted: a token bucket for each integration and reason. */
export class DeliveryFloods {
  private readonly floods = new Map<string, Flood>();

  /** False: it is counted from now on. */
  mayKeep(id: string, integrationId: string, reason: string | null, nowMs: number): boolean {
    const key = `${integrationId} ${reason}`;
    const flood = this.floods.get(key);
    if (!flood) {
      if (this.floods.size >= MAX_FLOODS) this.floods.delete(this.floods.keys().next().value!);
      this.floods.set(key, { tokens: BURST - 1, atMs: nowMs, lastId: id, uncounted: 0 });
      return true;
    }
    flood.tokens = Math.min(BURST, flood.tokens + ((nowMs - flood.atMs) / 1000) * PER_SECOND);
    flood.atMs = nowMs;
    if (flood.tokens < 1) {
      flood.uncounted += 1;
      return false;
    }
    flood.tokens -= 1;
    if (flood.uncounted === 0) flood.lastId = id;
    return true;
  }

  /** How many came beside each that was kept, since this was asked last. */
  takeCounts(): { id: string; more: number }[] {
    const counts: { id: string; more: number }[] = [];
    for (const flood of this.floods.values()) {
      if (flood.uncounted > 0) counts.push({ id: flood.lastId, more: flood.uncounted });
      flood.uncounted = 0;
    }
    return counts;
  }
}
