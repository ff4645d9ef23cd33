import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { uuidFloor } from '../core/id.js';
import { RunState } from '../core/run.js';
import { Database } from '../platform/database/database.js';
import { laneOf } from './claimed-run.js';
import { WakeUps } from './wake-ups.js';

/** Runs that one integration may hold; events beyond it stay in the log and can be backfilled. */
export const MAX_HELD = 10_000;
export const MAX_HELD_DAYS = 7;

const DAY_MS = 86_400_000;
const EXPIRE_AT_ONCE = 5_000;

/** Runs of integrations that are Off: recorded when their event came in, due never, until somebody decides. */
@Injectable()
export class HeldRuns {
  constructor(
    private readonly database: Database,
    private readonly wakeUps: WakeUps,
  ) {}

  /** How many runs each integration holds; those that hold none are left out. */
  async count(integrationIds: string[]): Promise<Map<string, number>> {
    if (integrationIds.length === 0) return new Map();
    const rows = await this.database.source.query<{ integration_id: string; held: number }[]>(
      `select integration_id, count(*)::int held from runs
       where held_at is not null and integration_id = any($1) group by integration_id`,
      [integrationIds],
    );
    return new Map(rows.map((row) => [row.integration_id, row.held]));
  }

  /** The same of one, counted no further than `max`. */
  async countUpTo(integrationId: string, max: number): Promise<number> {
    const [{ held }] = await this.database.source.query<{ held: number }[]>(
      `select count(*)::int held
       from (select from runs where held_at is not null and integration_id = $1 limit $2) x`,
      [integrationId, max],
    );
    return held;
  }

  /**
   * Lets them go, in order of arrival, on the version given. Answers how many; call `released` after the commit, so that
   * they begin at once.
   */
  async release(tx: EntityManager, integrationId: string, version: number, definitionId: number): Promise<number> {
    const rows = await tx.query<[unknown[], number]>(
      `update runs set state = ${RunState.queued}, held_at = null, reason = null, due_at = x.due_at, version = $2, definition_id = $3
       from (
         -- Those of one accept came at the same time: their ids know in which order.
         select id, min(created_at) over () + row_number() over (order by id) * interval '1 microsecond' as due_at
         from runs where held_at is not null and integration_id = $1 and state = ${RunState.held}) x
       where runs.id = x.id and runs.state = ${RunState.held}`,
      [integrationId, version, definitionId],
    );
    if (rows[1] > 0) await this.wakeUps.announce(tx, [laneOf(integrationId)]);
    return rows[1];
  }

  released(integrationId: string): void {
    this.wakeUps.pull([laneOf(integrationId)]);
  }

  /** Ends them as canceled, with reason `discarded`. Answers how many. */
  async discard(tx: EntityManager, integrationId: string): Promise<number> {
    const rows = await tx.query<[unknown[], number]>(
      `update runs set state = ${RunState.canceled}, held_at = null, reason = 'discarded', ended_at = now()
       where held_at is not null and integration_id = $1 and state = ${RunState.held}`,
      [integrationId],
    );
    return rows[1];
  }

  /** Ends those that were held for too long as canceled, with reason `held_limit`: their events can be backfilled. */
  async expire(nowMs: number): Promise<number> {
    let expired = 0;
    for (;;) {
      const rows = await this.database.source.query<[unknown[], number]>(
        `update runs set state = ${RunState.canceled}, held_at = null, reason = 'held_limit', ended_at = now()
         where id in (
           select id from runs where held_at is not null and id < $1 and state = ${RunState.held}
           limit ${EXPIRE_AT_ONCE} for no key update skip locked)`,
        [uuidFloor(nowMs - MAX_HELD_DAYS * DAY_MS)],
      );
      expired += rows[1];
      if (rows[1] < EXPIRE_AT_ONCE) return expired;
    }
  }
}
