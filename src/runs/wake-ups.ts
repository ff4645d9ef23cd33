import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../platform/config/config.js';
import { Dispatcher } from '../platform/queue/dispatcher.js';

/** Has queued runs begun at once, where they would otherwise wait for the next look of a worker (every second). */
@Injectable()
export class WakeUps {
  constructor(
    private readonly config: Config,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** In the transaction that queues the runs: where this process does not work itself, others hear of it. */
  async announce(tx: EntityManager, lanes: number[]): Promise<void> {
    if (this.config.role !== 'api' || lanes.length === 0) return;
    await tx.query(`select graphile_worker.add_job('wake', json_build_object('ids', '[]'::json, 'lanes', $1::json))`, [
      JSON.stringify([...new Set(lanes)]),
    ]);
  }

  /** After its commit. */
  pull(lanes: number[]): void {
    this.dispatcher.backlog(new Set(lanes));
  }
}
