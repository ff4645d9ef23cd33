import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tokens of OAuth connections, and sign-ins under way. `version` counts the tokens that a connection has had: whoever
 * writes names the version it knew, so that a late answer never replaces newer tokens. The lease keeps a refresh to one
 * process at a time and ends by itself when that process dies. Both `tokens` and `sealed` are sealed by the program.
 */
export class AddOauth1795340900000 implements MigrationInterface {
  name = 'AddOauth1795340900000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table oauth_tokens (
        connection_id uuid primary key references connections (id) on delete cascade,
        version integer not null default 1,
        status text not null default 'not-connected',
        tokens text,
        hint text,
        refreshable boolean not null default false,
        obtained_at timestamptz(3),
        expires_at timestamptz(3),
        refused_version integer,
        refused_at timestamptz(3),
        lease uuid,
        leased_until timestamptz(3),
        failures integer not null default 0,
        retry_at timestamptz(3),
        error_code text,
        error_message text
      )`);
    await db.query(`
      create table oauth_flows (
        key text primary key,
        connection_id uuid not null references connections (id) on delete cascade,
        bound_to text not null,
        sealed text not null,
        expires_at timestamptz(3) not null
      )`);
    await db.query(`create index oauth_flows_of on oauth_flows (connection_id, expires_at)`);
    await db.query(`create index oauth_flows_expiry on oauth_flows (expires_at)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
