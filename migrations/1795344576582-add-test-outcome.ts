import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came of the last test of a connection; null once its sign-in was changed. */
export class AddTestOutcome1795344576582 implements MigrationInterface {
  name = 'AddTestOutcome1795344576582';

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `alter table connections
         add column last_test_outcome text check (last_test_outcome in ('succeeded', 'failed'))`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
