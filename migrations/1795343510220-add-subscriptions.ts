import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Webhook subscriptions, each an integration of its own. The connections that sign for a face belong to it: people do
 * not see them among theirs.
 */
export class AddSubscriptions1795343510220 implements MigrationInterface {
  name = 'AddSubscriptions1795343510220';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table connections add column origin text not null default 'native'`);
    await db.query(`
      create table subscriptions (
        id uuid primary key,
        url text not null,
        method text not null,
        events text[] not null,
        workflow_id text,
        enabled boolean not null,
        connection_id uuid not null,
        integration_id uuid not null,
        created_at timestamptz(3) not null default now(),
        created_by text not null
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
