import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Logger } from '../logging/logger.js';
import { Lanes } from './lanes.js';

/** Work that this process owns: nobody else will do it while this process lives. */
export interface Work {
  id: string;
  lane: number;
  /** Bytes of memory it holds, roughly. */
  bytes: number;
}

/** Where work comes from; `runs` is the one there is. */
export interface WorkSource<W extends Work> {
  /** Claims due work of these lanes, `room` of each at most, oldest first. */
  pull(wants: { lane: number; room: number }[]): Promise<W[]>;
  /** Claims what these ids name, as far as it still waits. */
  claim(ids: string[]): Promise<W[]>;
  dueLanes(): Promise<number[]>;
  /** Gives back work that was claimed but not begun. */
  handBack(work: W[]): Promise<void>;
}

/** Does one piece of work to its end. Takes a place for every call; must not throw. */
export type WorkHandler<W extends Work> = (work: W, places: CallPlaces) => Promise<void>;

/** Places for outbound calls of one lane, held only while a call is out: free one as soon as its answer is read. */
export interface CallPlaces {
  tryTake(): (() => void) | null;
  /** Waits for its turn. When the process stops it comes at once: look at `stopping` before beginning anything. */
  take(): Promise<() => void>;
  readonly stopping: boolean;
}

/**
 * Brings work and handler together in one process: what was accepted here starts from memory, what others left in the
 * database is pulled as lanes have room. The database is the truth; everything here can be lost at any moment.
 */
@Injectable()
export class Dispatcher<W extends Work = Work> {
  private readonly lanes: Lanes;
  private source: WorkSource<W> | null = null;
  private handler: WorkHandler<W> | null = null;
  private stopped = true;
  private pulling: Promise<void> | null = null;
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    config: Config,
    private readonly logger: Logger,
  ) {
    this.lanes = new Lanes({
      callsPerLane: 64,
      callsPerSlowLane: 16,
      slowMs: 2_000,
      calls: config.workerConcurrency,
      runsPerLane: 512,
      runs: Math.max(4_096, 2 * config.workerConcurrency),
      runBytes: 64 * 1024 * 1024,
    });
  }

  /** Runs and calls that this process has in hand. */
  get load(): { runs: number; calls: number } {
    return { runs: this.lanes.runs, calls: this.lanes.calls };
  }

  /** True while this piece of work is in hand here. */
  has(id: string): boolean {
    return this.running.has(id);
  }

  start(source: WorkSource<W>, handler: WorkHandler<W>): void {
    this.source = source;
    this.handler = handler;
    this.stopped = false;
  }

  /** A place for a run that is about to be accepted. False: store it as queued, then tell `backlog`. */
  reserve(lane: number, bytes: number): boolean {
    return !this.stopped && this.lanes.reserve(lane, bytes);
  }

  /** The accept that a place was reserved for did not happen. */
  unreserve(lane: number, bytes: number): void {
    this.lanes.leave(lane, bytes);
  }

  /** Starts work whose place was reserved, after the commit that made it this process's own. */
  offer(work: W): void {
    const run = this.handle(work).finally(() => {
      if (this.running.get(work.id) === run) this.running.delete(work.id);
      this.lanes.leave(work.lane, work.bytes);
      this.pullSoon();
    });
    this.running.set(work.id, run);
  }

  /** Lanes have queued runs in the database. */
  backlog(lanes: Iterable<number>): void {
    if (this.stopped) return;
    for (const lane of lanes) this.lanes.markMore(lane);
    this.pullSoon();
  }

  /** A wake-up from another process: takes what there is room for, remembers the lanes of the rest. */
  async wake(ids: string[], lanes: number[]): Promise<void> {
    if (this.stopped) return;
    const fits = ids.map((_, index) => this.lanes.reserve(lanes[index], 0));
    try {
      const room = ids.filter((_, index) => fits[index]);
      if (room.length > 0) this.enter(await this.source!.claim(room));
    } finally {
      for (const [index, lane] of lanes.entries()) if (fits[index]) this.lanes.leave(lane, 0);
    }
    this.backlog(lanes.filter((_, index) => !fits[index]));
  }

  /** Looks for lanes with due work, then pulls. Called every second; tests call it to step the engine. */
  async tick(): Promise<void> {
    if (this.stopped) return;
    for (const lane of await this.source!.dueLanes()) this.lanes.markMore(lane);
    await this.pull();
  }

  /** Resolves when nothing is in hand (work may still wait in the database for its time). */
  async idle(): Promise<void> {
    while (this.running.size > 0 || this.pulling) {
      await Promise.all([...this.running.values(), this.pulling]);
    }
  }

  /** Takes nothing new and waits for what is in hand, `graceMs` at most; answers how much was left undone. */
  async stop(graceMs: number): Promise<number> {
    this.stopped = true;
    this.lanes.open();
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs)));
    await Promise.race([this.idle(), grace]);
    clearTimeout(timer);
    return this.running.size;
  }

  private pullSoon(): void {
    if (this.stopped || this.pulling) return;
    setImmediate(() => void this.pull());
  }

  private pull(): Promise<void> {
    this.pulling ??= this.pullAll().finally(() => (this.pulling = null));
    return this.pulling;
  }

  private async pullAll(): Promise<void> {
    try {
      for (;;) {
        const wants = this.stopped ? [] : this.lanes.wants();
        if (wants.length === 0) return;
        for (const want of wants) this.lanes.markDone(want.lane);
        const claimed = await this.source!.pull(wants);
        const taken = new Map<number, number>();
        for (const work of claimed) taken.set(work.lane, (taken.get(work.lane) ?? 0) + 1);
        for (const { lane, room } of wants) if ((taken.get(lane) ?? 0) >= room) this.lanes.markMore(lane);
        this.enter(claimed);
      }
    } catch (error) {
      this.logger.warn({ error: String(error) }, 'queue.pull-failed'); // the next tick looks again
    }
  }

  private enter(claimed: W[]): void {
    if (this.stopped) {
      void this.source!.handBack(claimed).catch(() => undefined); // else the takeover finds them
      return;
    }
    for (const work of claimed) {
      this.lanes.enter(work.lane, work.bytes);
      this.offer(work);
    }
  }

  private async handle(work: W): Promise<void> {
    const stopping = () => this.stopped;
    const places: CallPlaces = {
      tryTake: () => this.lanes.tryCall(work.lane),
      take: () => this.lanes.call(work.lane),
      get stopping() {
        return stopping();
      },
    };
    try {
      await this.handler!(work, places);
    } catch (error) {
      this.logger.error({ id: work.id, error: String((error as Error)?.stack ?? error) }, 'queue.handler-failed');
    }
  }
}
