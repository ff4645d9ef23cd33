import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Definition, ScheduleTrigger } from '../core/definition.js';
import { parseJson } from '../core/json.js';
import { Database } from '../platform/database/database.js';
import { nextFire } from './cron.js';

export interface DueSchedule extends Pick<ScheduleTrigger, 'cron' | 'timezone' | 'missed'> {
  integrationId: string;
  /** The time that has come. */
  nextAt: Date;
  /** By the clock of the database, the only one that schedules know. */
  now: Date;
}

const COLUMNS = `integration_id "integrationId", cron, timezone, missed, next_at "nextAt", now()`;

/** When each integration with a schedule fires next: a row while it is On, none otherwise. */
@Injectable()
export class Schedules {
  constructor(private readonly database: Database) {}

  async due(limit: number): Promise<DueSchedule[]> {
    return this.database.source.query<DueSchedule[]>(
      `select ${COLUMNS} from schedules where next_at <= now() order by next_at limit $1`,
      [limit],
    );
  }

  /** Milliseconds until the next one is due; null where there is none. */
  async untilNextMs(): Promise<number | null> {
    const [{ ms }] = await this.database.source.query<{ ms: number | null }[]>(
      `select (extract(epoch from min(next_at) - now()) * 1000)::float8 ms from schedules`,
    );
    return ms;
  }

  /** Once it has fired; somebody else who fired it too, or a change meanwhile, goes before. */
  async advance({ integrationId, nextAt, now, ...timing }: DueSchedule): Promise<void> {
    const next = nextFire(timing, now);
    await this.database.source.query(
      next === null
        ? `delete from schedules where integration_id = $1 and next_at = $2`
        : `update schedules set next_at = $3 where integration_id = $1 and next_at = $2`,
      next === null ? [integrationId, nextAt] : [integrationId, nextAt, next],
    );
  }

  /** By integration (UUID). */
  async nextOf(integrationIds: readonly string[]): Promise<Map<string, Date>> {
    if (integrationIds.length === 0) return new Map();
    const rows = await this.database.source.query<{ id: string; next_at: Date }[]>(
      `select integration_id id, next_at from schedules where integration_id = any($1::uuid[])`,
      [integrationIds],
    );
    return new Map(rows.map(({ id, next_at: next }) => [id, next]));
  }
}

/**
 * Sets or clears the next time of an integration, as it stands in this transaction. A schedule that stays what it was
 * keeps its time; nothing counts as missed while it was Off.
 */
export async function reschedule(tx: EntityManager, integrationId: string): Promise<void> {
  const [row] = await tx.query<{ body: string; now: Date }[]>(
    `select d.body, now() from integrations i
     join integration_versions v on v.integration_id = i.id and v.number = i.published_version
     join definitions d on d.id = v.definition_id
     where i.id = $1 and i.is_on and i.archived_at is null`,
    [integrationId],
  );
  const trigger = row && (parseJson(row.body) as Definition).trigger;
  const next = trigger?.type === 'schedule' ? nextFire(trigger, row.now) : null;
  if (trigger?.type !== 'schedule' || next === null) {
    await tx.query(`delete from schedules where integration_id = $1`, [integrationId]);
    return;
  }
  await tx.query(
    `insert into schedules (integration_id, cron, timezone, missed, next_at) values ($1, $2, $3, $4, $5)
     on conflict (integration_id) do update set cron = $2, timezone = $3, missed = $4,
       next_at = case when (schedules.cron, schedules.timezone) = ($2, $3) then schedules.next_at else $5 end`,
    [integrationId, trigger.cron, trigger.timezone, trigger.missed, next],
  );
}
