import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When integrations with a schedule fire next: one row for each that is On. */
export class AddSchedules1795343114529 implements MigrationInterface {
  name = 'AddSchedules1795343114529';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table schedules (
        integration_id uuid primary key references integrations (id) on delete cascade,
        cron text not null,
        timezone text not null,
        missed text not null,
        next_at timestamptz(3) not null
      )`);
    await db.query(`create index schedules_due on schedules (next_at)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
