import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Logger } from '../../platform/logging/logger.js';
import { RunReader } from '../run-reader.js';
import { runItem, type RunItem, type RunRow } from '../run-view.js';

const TICK_MS = 1_000;
/** Rows of one look, and runs that are followed until they end. */
const MAX_ROWS = 500;
/** A run may be committed after one with a later id, and the clocks of processes differ. */
const OVERLAP_MS = 30_000;

export interface RunChange {
  run: RunItem;
  /** Its status when it was last seen; null for a run that came in. */
  before: RunItem['status'] | null;
}

export type Watched =
  /** `more`: so many came in that some are not named. */
  | { kind: 'changes'; changes: RunChange[]; more: boolean }
  /** The database does not answer: what happened from now on is not known. */
  | { kind: 'lost' };

interface Known {
  status: RunItem['status'];
  mark: string;
  over: boolean;
}

/**
 * Notices what happens to runs, whichever process makes it happen: one look a second for the whole process, and none
 * while nobody watches, so that the hot path has nothing to tell. Follows the newest runs and those that came in since.
 */
@Injectable()
export class RunWatch implements OnModuleDestroy {
  private readonly watchers = new Set<(watched: Watched) => void>();
  private known = new Map<string, Known>();
  private timer: NodeJS.Timeout | null = null;
  private starting: Promise<void> | null = null;

  constructor(
    private readonly runs: RunReader,
    private readonly logger: Logger,
  ) {}

  onModuleDestroy(): void {
    this.watchers.clear();
    this.rest();
  }

  /** Resolves once nothing can be missed any more; the answer ends it. */
  async watch(watcher: (watched: Watched) => void): Promise<() => void> {
    const leave = () => {
      this.watchers.delete(watcher);
      if (this.watchers.size === 0) this.rest();
    };
    this.watchers.add(watcher);
    this.starting ??= this.start();
    try {
      await this.starting;
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  private async start(): Promise<void> {
    const newest = await this.runs.list({ beforeId: null, limit: MAX_ROWS });
    this.known = new Map(newest.map((row) => [row.id, knownOf(row)]));
    this.plan();
  }

  private rest(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.starting = null;
    this.known = new Map();
  }

  private plan(): void {
    this.timer = setTimeout(() => void this.look(), TICK_MS);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    const round = this.starting;
    try {
      const fresh = await this.runs.list({ fromMs: Date.now() - OVERLAP_MS, beforeId: null, limit: MAX_ROWS });
      const ids = new Set(fresh.map(({ id }) => id));
      const live = [...this.known].filter(([id, { over }]) => !over && !ids.has(id)).map(([id]) => id);
      const followed = live.length === 0 ? [] : await this.runs.byIds(live);
      if (this.starting !== round) return;
      const more = fresh.length === MAX_ROWS && !this.known.has(fresh[MAX_ROWS - 1].id);
      const changes = this.compare([...followed, ...fresh.reverse()]);
      if (changes.length > 0) this.tell({ kind: 'changes', changes, more });
    } catch (error) {
      if (this.starting !== round) return;
      this.logger.warn({ error: (error as Error).message }, 'run_stream.look_failed');
      this.tell({ kind: 'lost' });
    }
    if (this.starting === round) this.plan();
  }

  private compare(rows: RunRow[]): RunChange[] {
    const changes: RunChange[] = [];
    const next = new Map<string, Known>();
    for (const row of rows) {
      const old = this.known.get(row.id);
      const now = knownOf(row);
      next.set(row.id, now);
      if (old?.mark !== now.mark) changes.push({ run: runItem(row), before: old?.status ?? null });
    }
    // Those that ended long ago are let go of, and the oldest of too many.
    this.known = new Map([...next].slice(-2 * MAX_ROWS));
    return changes;
  }

  private tell(watched: Watched): void {
    for (const watcher of this.watchers) watcher(watched);
  }
}

function knownOf(row: RunRow): Known {
  const { status, reason, startedAt } = runItem(row);
  return { status, mark: `${status} ${reason} ${startedAt}`, over: row.endedAt !== null };
}
