import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Event types that users make, and what they decided about the built-in ones (`body` null: only the validation). Each
 * row carries the epoch of its last change, so that a process reads only what is new to it. The reference from
 * `event_type_uses` keeps a type from being deleted while an integration listens to it, also when both happen at once.
 */
export class AddEventTypes1795340203063 implements MigrationInterface {
  name = 'AddEventTypes1795340203063';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table event_types (
        name text primary key,
        body text,
        validation text not null,
        epoch bigint not null,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        created_by text not null
      )`);
    await db.query(`create table event_type_epoch (epoch bigint not null)`);
    await db.query(`insert into event_type_epoch values (1)`);
    await db.query(`
      create table event_type_uses (
        event_type text not null references event_types (name),
        integration_id uuid not null references integrations (id) on delete cascade,
        integration_name text not null,
        primary key (event_type, integration_id)
      )`);
    await db.query(`create index event_type_uses_of on event_type_uses (integration_id)`);
    // Of an event: what is not right about its data, and the CloudEvents attributes that have no column. Mostly null.
    await db.query(`alter table event_payloads add column schema_faults text, add column attributes text`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
