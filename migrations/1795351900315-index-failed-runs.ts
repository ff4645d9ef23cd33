import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Charts ask who fails now, out of hundreds of thousands of runs that did not. Only a run that fails or is canceled has
 * an entry, made as it ends. Not by `state`: an index may not name what every claim changes, or no update is HOT.
 */
export class IndexFailedRuns1795351900315 implements MigrationInterface {
  name = 'IndexFailedRuns1795351900315';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`create index runs_failed on runs (id) where error_code is not null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
