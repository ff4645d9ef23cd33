import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { FIRST_TERMINAL_STATE } from '../core/run.js';
import { Database } from '../platform/database/database.js';

/** Of one process; whoever comes beyond it is not kept waiting. */
const MAX_WAITING = 1_000;
const LOOK_EVERY_MS = 100;

/**
 * Tells when runs have ended, in whatever process they run: one look for all that wait, and none while nobody does, so
 * that runs which nobody waits for pay nothing.
 */
@Injectable()
export class RunEnds implements OnModuleDestroy {
  private readonly waiting = new Map<string, Set<(ended: boolean) => void>>();
  private looking = false;

  constructor(private readonly database: Database) {}

  /** Those that wait are let go: the process stops. */
  onModuleDestroy(): void {
    for (const id of [...this.waiting.keys()]) this.tell(id, false);
  }

  /** True when the run has ended; false when it has not after `ms`, or when too many wait. @param id UUID */
  waitFor(id: string, ms: number): Promise<boolean> {
    if (this.waiting.size >= MAX_WAITING) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiters = this.waiting.get(id) ?? new Set();
      this.waiting.set(id, waiters);
      const done = (ended: boolean): void => {
        clearTimeout(timer);
        waiters.delete(done);
        if (waiters.size === 0 && this.waiting.get(id) === waiters) this.waiting.delete(id);
        resolve(ended);
      };
      const timer = setTimeout(() => done(false), ms);
      waiters.add(done);
      if (!this.looking) void this.look();
    });
  }

  private async look(): Promise<void> {
    this.looking = true;
    while (this.waiting.size > 0) {
      await sleep(LOOK_EVERY_MS);
      const rows = await this.database.source
        .query<{ id: string }[]>(
          `select id from runs where id = any($1::uuid[]) and state >= ${FIRST_TERMINAL_STATE}`,
          [[...this.waiting.keys()]],
        )
        .catch(() => []); // the database is away: they wait on, and are answered when their time is over
      for (const { id } of rows) this.tell(id, true);
    }
    this.looking = false;
  }

  private tell(id: string, ended: boolean): void {
    for (const done of [...(this.waiting.get(id) ?? [])]) done(ended);
  }
}
