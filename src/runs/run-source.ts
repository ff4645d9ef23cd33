import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Logger } from '../platform/logging/logger.js';
import { Dispatcher, type WorkSource } from '../platform/queue/dispatcher.js';
import { WorkerRegistry, type Heir } from '../platform/queue/worker-registry.js';
import { claimedRun, type ClaimedRow, type ClaimedRun } from './claimed-run.js';
import { CLAIM, DUE_LANES, HAND_BACK, ORPHANS, OWNED, PULL, STRAYS, TAKEOVER } from './statements.js';

/** Most runs that one pull claims: bounds the memory of a deep backlog. */
const MAX_PULL = 500;

/** Where workers get their runs from: the rows themselves, which are the queue. */
@Injectable()
export class RunSource implements WorkSource<ClaimedRun>, Heir {
  /** Runs found to be ours by the database but not in hand, at the last look: id to fence. */
  private suspects = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly registry: WorkerRegistry,
    private readonly dispatcher: Dispatcher<ClaimedRun>,
    private readonly logger: Logger,
  ) {}

  async pull(wants: { lane: number; room: number }[]): Promise<ClaimedRun[]> {
    const owner = this.registry.workerId;
    if (owner === null) return [];
    const { rows } = await this.database.hot.query<ClaimedRow>({
      ...PULL,
      values: [wants.map(({ lane }) => lane), wants.map(({ room }) => Math.min(room, MAX_PULL)), owner],
    });
    return rows.map(claimedRun);
  }

  async claim(ids: string[]): Promise<ClaimedRun[]> {
    const owner = this.registry.workerId;
    if (owner === null) return [];
    const { rows } = await this.database.hot.query<ClaimedRow>({ ...CLAIM, values: [ids, owner] });
    return rows.map(claimedRun);
  }

  async dueLanes(): Promise<number[]> {
    const { rows } = await this.database.hot.query<{ lane: number }>({ ...DUE_LANES, values: [] });
    return rows.map(({ lane }) => lane);
  }

  async handBack(work: ClaimedRun[]): Promise<void> {
    await this.database.hot.query({ ...HAND_BACK, values: [work.map(({ id }) => id), work.map(({ fence }) => fence)] });
  }

  async takeOver(workerId: number, deadAfterSeconds: number): Promise<boolean> {
    const { rows } = await this.database.hot.query<{ workers: number; runs: number }>({
      ...TAKEOVER,
      values: [workerId, deadAfterSeconds],
    });
    if (rows[0].workers > 0) this.logger.warn(rows[0], 'worker.taken-over');
    return rows[0].workers > 0;
  }

  async takeOrphans(): Promise<void> {
    const { rowCount } = await this.database.hot.query({ ...ORPHANS, values: [] });
    if (rowCount) this.logger.warn({ runs: rowCount }, 'worker.orphans-taken');
    await this.takeStrays();
  }

  /**
   * Runs that are this worker's own in the database and that it knows nothing of: their accept was committed although
   * its answer never came. Those seen twice, ten beats apart under the same fence, are queued again.
   */
  private async takeStrays(): Promise<void> {
    const owner = this.registry.workerId;
    if (owner === null) return;
    const { rows } = await this.database.hot.query<{ id: string; fence: number }>({ ...OWNED, values: [owner] });
    const missing = rows.filter(({ id }) => !this.dispatcher.has(id));
    const strays = missing.filter(({ id, fence }) => this.suspects.get(id) === fence);
    this.suspects = new Map(missing.map(({ id, fence }) => [id, fence]));
    if (strays.length === 0) return;
    const values = [strays.map(({ id }) => id), strays.map(({ fence }) => fence)];
    const { rowCount } = await this.database.hot.query({ ...STRAYS, values });
    this.logger.warn({ runs: rowCount }, 'worker.strays-taken');
  }
}
