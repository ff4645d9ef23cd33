import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RunState } from '../core/run.js';
import { Database } from '../platform/database/database.js';

/** Runs of integrations that are Off: recorded when their event came in, due never, until somebody decides. */
@Injectable()
export class HeldRuns {
  constructor(private readonly database: Database) {}

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

  /** Lets them go, in order of arrival, on the version given. Answers how many. */
  async release(tx: EntityManager, integrationId: string, version: number, definitionId: number): Promise<number> {
    const rows = await tx.query<[unknown[], number]>(
      `update runs set state = ${RunState.queued}, held_at = null, reason = null, due_at = created_at, version = $2, definition_id = $3
       where held_at is not null and integration_id = $1 and state = ${RunState.held}`,
      [integrationId, version, definitionId],
    );
    return rows[1];
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
}
