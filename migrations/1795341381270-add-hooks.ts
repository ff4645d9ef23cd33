import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The addresses at which integrations are called, and what was sent to them. A token is found by its hash and kept
 * sealed, to be shown again. The log of deliveries is bounded by the program, for each integration: refused ones keep
 * what they need to be checked again.
 */
export class AddHooks1795341381270 implements MigrationInterface {
  name = 'AddHooks1795341381270';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table hook_urls (
        hash bytea primary key,
        integration_id uuid not null references integrations (id) on delete cascade,
        token text not null,
        created_at timestamptz(3) not null default now(),
        expires_at timestamptz(3)
      )`);
    await db.query(`create index hook_urls_of on hook_urls (integration_id)`);
    await db.query(`create unique index hook_urls_current on hook_urls (integration_id) where expires_at is null`);

    await db.query(`
      create table hook_deliveries (
        id uuid primary key,
        integration_id uuid not null references integrations (id) on delete cascade,
        outcome text not null,
        reason text,
        method text not null,
        query text not null,
        headers text not null,
        body bytea,
        body_bytes bigint not null,
        remote_address text,
        event_id uuid,
        times integer not null default 1,
        received_at timestamptz(3) not null,
        last_at timestamptz(3) not null
      )`);
    await db.query(`create index hook_deliveries_of on hook_deliveries (integration_id, id)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
