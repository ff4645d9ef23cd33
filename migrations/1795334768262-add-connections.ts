import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Stored sign-ins. `auth` holds what may be shown (JSON), `secret` the rest, sealed by the program: the database never
 * sees a key. The reference from `connection_uses` keeps a connection from being deleted while an integration uses it,
 * also when both happen at once; the integration's name lies there, so that a refusal can name it.
 */
export class AddConnections1795334768262 implements MigrationInterface {
  name = 'AddConnections1795334768262';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table connections (
        id uuid primary key,
        name text not null,
        allowed_hosts text[] not null default '{}',
        auth text not null,
        secret text,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        created_by text not null,
        last_tested_at timestamptz(3)
      )`);
    await db.query(`
      create table connection_uses (
        connection_id uuid not null references connections (id),
        integration_id uuid not null references integrations (id) on delete cascade,
        integration_name text not null,
        primary key (connection_id, integration_id)
      )`);
    await db.query(`create index connection_uses_of on connection_uses (integration_id)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
