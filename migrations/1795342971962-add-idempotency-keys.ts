import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers of writes that came with an Idempotency-Key, for a day; without a status, one that is under way. */
export class AddIdempotencyKeys1795342971962 implements MigrationInterface {
  name = 'AddIdempotencyKeys1795342971962';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table idempotency_keys (
        caller text not null,
        key text not null,
        hash bytea not null,
        status smallint,
        body text,
        headers text,
        created_at timestamptz not null default now(),
        primary key (caller, key)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
