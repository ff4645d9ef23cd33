import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Webhooks of the space (`kapp_slug` empty) and of its kapps. Each is an integration of its own; a row that was deleted
 * stays, because the jobs of the webhook name it.
 */
export class AddPlatformWebhooks1795340866462 implements MigrationInterface {
  name = 'AddPlatformWebhooks1795340866462';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table platform_webhooks (
        id uuid primary key,
        kapp_slug text not null,
        name text not null,
        type text not null,
        event text not null,
        filter text not null,
        url text not null,
        integration_id uuid not null unique,
        created_at timestamptz(3) not null default now(),
        created_by text not null,
        updated_at timestamptz(3) not null default now(),
        updated_by text not null,
        deleted_at timestamptz(3)
      )`);
    await db.query(`
      create unique index platform_webhooks_name on platform_webhooks (kapp_slug, name) where deleted_at is null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
