import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers kept for `Idempotency-Key` are sealed by the program from now on; those that lie open are forgotten. */
export class SealKeptAnswers1795352875635 implements MigrationInterface {
  name = 'SealKeptAnswers1795352875635';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`update idempotency_keys set body = null where body is not null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
