import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Runs that people make of what is in the log: replays, backfills, tests. `runs.added` marks those that were made after
 * their event was accepted, so that the event's own list does not name them; null, not false, so that other runs pay
 * nothing. `replays` are jobs over many: the cursor moves in the commit that makes the runs, and `replay_items` keeps
 * any source from being taken twice.
 */
export class AddReplays1795340320665 implements MigrationInterface {
  name = 'AddReplays1795340320665';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table runs add column added boolean`);
    await db.query(`create index runs_added on runs (event_id) where added`);
    await db.query(`create index runs_replayed on runs (replay_of) where replay_of is not null`);
    await db.query(`alter table events add column edited_from uuid`);

    await db.query(`
      create table replays (
        id uuid primary key,
        kind text not null,
        integration_id uuid,
        options text not null,
        rate_per_second real not null,
        state text not null default 'running',
        matched integer not null,
        made integer not null default 0,
        skipped integer not null default 0,
        last_skip text,
        cursor uuid not null,
        upto uuid not null,
        created_at timestamptz(3) not null default now(),
        created_by text not null,
        worked_at timestamptz not null default now(),
        ended_at timestamptz(3),
        error text
      )`);
    await db.query(`create index replays_running on replays (id) where state = 'running'`);
    await db.query(`
      create table replay_items (
        replay_id uuid not null references replays (id) on delete cascade,
        source_id uuid not null,
        run_id uuid not null,
        primary key (replay_id, source_id)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
