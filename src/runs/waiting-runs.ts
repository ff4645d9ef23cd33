import { Injectable } from '@nestjs/common';
import { RunState } from '../core/run.js';
import { Database } from '../platform/database/database.js';
import { laneOf } from './claimed-run.js';

/** Why a run waits that cannot sign in: shown to users. */
export const WAITS_FOR_CONNECTION = 'connection';

/** Rows of one statement: more are woken by the next one. */
const BATCH = 5_000;

/** Runs that wait for something else than their time. */
@Injectable()
export class WaitingRuns {
  constructor(private readonly database: Database) {}

  /** Makes those of these integrations due now that wait for this reason. Answers the lanes to look into. */
  async wake(integrationIds: string[], reason: string): Promise<number[]> {
    const lanes = [...new Set(integrationIds.map(laneOf))];
    for (let woken = BATCH; woken === BATCH;) {
      [, woken] = await this.database.source.query<[unknown[], number]>(
        `update runs set due_at = now() where id in (
           select id from runs
            where lane = any($1::int[]) and ended_at is null and due_at > now() and state = ${RunState.waiting}
              and reason = $2 and integration_id = any($3::uuid[])
            limit ${BATCH} for no key update skip locked)
          and state = ${RunState.waiting}`,
        [lanes, reason, integrationIds],
      );
    }
    return lanes;
  }
}
