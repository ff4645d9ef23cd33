/**
 * Fairness, in memory. A lane is what the cap on calls in flight counts (an integration). A slow or dead receiver fills
 * its own lane and no other: what does not fit stays a row in the database. Measured: with 5,000 runs on a hung target
 * the p99 of 99 healthy ones went from 7.4 to 8.4 ms; without lanes none of the 400 was delivered.
 */
export interface LaneLimits {
  /** Calls in flight for one lane. */
  callsPerLane: number;
  /** … for a lane whose oldest call has been out for longer than `slowMs`. */
  callsPerSlowLane: number;
  slowMs: number;
  /** Calls in flight in all. A lane with none may always start one. */
  calls: number;
  /** Runs of one lane in this process, those that wait for a call included. */
  runsPerLane: number;
  runs: number;
  /** Bytes of event data of all runs in this process. */
  runBytes: number;
}

interface Lane {
  key: number;
  runs: number;
  /** Starts of the calls in flight, oldest first (a Map keeps its order). */
  calls: Map<symbol, number>;
  /** Who waits for a call. */
  queue: ((release: () => void) => void)[];
  /** True while the database may hold due runs of this lane. */
  more: boolean;
}

export class Lanes {
  private readonly lanes = new Map<number, Lane>();
  /** Lanes that have somebody waiting for a call: served in turn. */
  private readonly hungry = new Set<Lane>();
  private callCount = 0;
  private runCount = 0;
  private byteCount = 0;

  constructor(
    private readonly limits: LaneLimits,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  get runs(): number {
    return this.runCount;
  }
  get calls(): number {
    return this.callCount;
  }

  /** Takes a place for a run. False: the lane is full or has older runs in the database, which go first. */
  reserve(key: number, bytes: number): boolean {
    const lane = this.lane(key);
    if (lane.more || lane.runs >= this.limits.runsPerLane || !this.fits(bytes)) {
      lane.more = true;
      return false;
    }
    this.enter(key, bytes);
    return true;
  }

  /** A run that was claimed for this process, whether or not there is room. */
  enter(key: number, bytes: number): void {
    this.lane(key).runs++;
    this.runCount++;
    this.byteCount += bytes;
  }

  leave(key: number, bytes: number): void {
    const lane = this.lane(key);
    lane.runs--;
    this.runCount--;
    this.byteCount -= bytes;
    this.forget(lane);
  }

  /** Says that the database holds runs of this lane. */
  markMore(key: number): void {
    this.lane(key).more = true;
  }

  /** Says that the database had no more due runs of this lane. */
  markDone(key: number): void {
    const lane = this.lane(key);
    lane.more = false;
    this.forget(lane);
  }

  /**
   * Lanes that have runs in the database and room for a good number of them (half their places, so that one statement
   * fetches many), with how many.
   */
  wants(): { lane: number; room: number }[] {
    const wants: { lane: number; room: number }[] = [];
    let left = this.limits.runs - this.runCount;
    if (this.byteCount >= this.limits.runBytes) left = 0;
    for (const lane of this.lanes.values()) {
      const room = Math.min(this.limits.runsPerLane - lane.runs, Math.max(left, lane.runs === 0 ? 1 : 0));
      if (!lane.more || room <= 0 || lane.runs > this.limits.runsPerLane / 2) continue;
      wants.push({ lane: lane.key, room });
      left -= room;
    }
    return wants;
  }

  /** A place for a call at once, or null. Call what you get when the answer has been read. */
  tryCall(key: number): (() => void) | null {
    const lane = this.lane(key);
    return lane.queue.length === 0 && this.mayCall(lane) ? this.startCall(lane) : null;
  }

  /** A place for a call, in turn. */
  call(key: number): Promise<() => void> {
    const release = this.tryCall(key);
    if (release) return Promise.resolve(release);
    const lane = this.lane(key);
    this.hungry.add(lane);
    return new Promise((resolve) => lane.queue.push(resolve));
  }

  /** Lets everybody who waits for a call go on at once: the process stops, and they have to hand their runs back. */
  open(): void {
    for (const lane of this.hungry) for (const next of lane.queue.splice(0)) next(() => undefined);
    this.hungry.clear();
  }

  private fits(bytes: number): boolean {
    return this.runCount < this.limits.runs && (this.byteCount + bytes <= this.limits.runBytes || this.runCount === 0);
  }

  private mayCall(lane: Lane): boolean {
    if (lane.calls.size === 0) return true;
    if (this.callCount >= this.limits.calls) return false;
    const oldest = lane.calls.values().next().value!;
    const slow = this.nowMs() - oldest > this.limits.slowMs;
    return lane.calls.size < (slow ? this.limits.callsPerSlowLane : this.limits.callsPerLane);
  }

  private startCall(lane: Lane): () => void {
    const id = Symbol();
    lane.calls.set(id, this.nowMs());
    this.callCount++;
    return () => {
      if (!lane.calls.delete(id)) return;
      this.callCount--;
      this.serve();
      this.forget(lane);
    };
  }

  private serve(): void {
    for (const lane of this.hungry) {
      if (!this.mayCall(lane)) continue;
      this.hungry.delete(lane);
      const next = lane.queue.shift()!;
      if (lane.queue.length > 0) this.hungry.add(lane); // to the end: every lane gets its turn
      next(this.startCall(lane));
      if (this.callCount >= this.limits.calls) return;
    }
  }

  private lane(key: number): Lane {
    let lane = this.lanes.get(key);
    if (!lane) this.lanes.set(key, (lane = { key, runs: 0, calls: new Map(), queue: [], more: false }));
    return lane;
  }

  private forget(lane: Lane): void {
    if (lane.runs === 0 && !lane.more && lane.calls.size === 0 && lane.queue.length === 0) this.lanes.delete(lane.key);
  }
}
