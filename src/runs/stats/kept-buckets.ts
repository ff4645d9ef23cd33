/** Ids are made before their rows are committed, and the clocks of processes differ. */
const SETTLED_MS = 2 * 60_000;
/** Runs that wait for hours must not make all that was made beside them be counted again and again. */
const OPEN_FRESH_MS = 60_000;
/** Over all ranges and integrations; the least recently used go first. */
const MAX_KEPT = 2_000;

interface Counting<T> {
  /** What is counted alike: buckets of different names have nothing in common. */
  name: string;
  /** Where each begins, oldest first. */
  starts: number[];
  bucketMs: number;
  /** Answers one for each stretch between two edges. */
  count: (edges: number[]) => Promise<T[]>;
  /** Whether it can never change again, once no run can be added to it. */
  isFinal: (counted: T, at: number) => boolean;
}

interface Kept<T> {
  counted: T;
  untilMs: number;
}

/**
 * Buckets of time that were counted and cannot change any more are not counted again in the life of the process. Those
 * that nothing can be added to, but in which something may still end, are a minute old at most.
 */
export class KeptBuckets<T> {
  private readonly kept = new Map<string, Kept<T>>();

  async read({ name, starts, bucketMs, count, isFinal }: Counting<T>): Promise<T[]> {
    const found = new Map<number, T>();
    const nowMs = Date.now();
    for (const at of starts) {
      const known = this.kept.get(`${name} ${at}`);
      if (known === undefined || known.untilMs < nowMs) continue;
      found.set(at, known.counted);
      this.keep(`${name} ${at}`, known);
    }
    for (const edges of stretches(starts, bucketMs, (at) => found.has(at))) {
      for (const [index, counted] of (await count(edges)).entries()) {
        const at = edges[index];
        found.set(at, counted);
        if (at + bucketMs > nowMs - SETTLED_MS) continue;
        const untilMs = isFinal(counted, at) ? Infinity : nowMs + OPEN_FRESH_MS;
        this.keep(`${name} ${at}`, { counted, untilMs });
      }
    }
    return starts.map((at) => found.get(at)!);
  }

  private keep(key: string, kept: Kept<T>): void {
    this.kept.delete(key);
    this.kept.set(key, kept);
    if (this.kept.size > MAX_KEPT) this.kept.delete(this.kept.keys().next().value!);
  }
}

/** The edges of buckets that are not known yet, those side by side together. */
function stretches(starts: number[], bucketMs: number, known: (at: number) => boolean): number[][] {
  const all: number[][] = [];
  for (const at of starts) {
    if (known(at)) continue;
    const last = all.at(-1);
    if (last?.at(-1) === at) last.push(at + bucketMs);
    else all.push([at, at + bucketMs]);
  }
  return all;
}
