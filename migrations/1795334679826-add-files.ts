import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is known of stored files. Their bytes are elsewhere; `bytes` is null until all of them are there. */
export class AddFiles1795334679826 implements MigrationInterface {
  name = 'AddFiles1795334679826';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table files (
        id uuid primary key,
        filename text not null,
        content_type text not null,
        bytes bigint,
        sha256 bytea,
        created_at timestamptz(3) not null default now(),
        created_by text not null
      )`);
    await db.query(`create index files_unfinished on files (created_at) where bytes is null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
