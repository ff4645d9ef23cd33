import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Addresses that are called when a process instance is created, updated or deleted. Each address is an integration of
 * its own; these tables keep what a list of integrations cannot: the order of the lines, and an event that is switched
 * off with its lines. `process_name` is empty for the set that stands for all processes.
 */
export class AddInstanceCallbacks1795339465062 implements MigrationInterface {
  name = 'AddInstanceCallbacks1795339465062';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table callback_sets (
        process_name text primary key,
        enabled text[] not null default '{}',
        delivery text not null default 'durable',
        connection_id uuid,
        updated_at timestamptz(3) not null default now(),
        updated_by text not null
      )`);
    await db.query(`
      create table callback_urls (
        process_name text not null references callback_sets (process_name) on delete cascade,
        event text not null,
        position smallint not null,
        url text not null,
        integration_id uuid not null,
        primary key (process_name, event, position)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
