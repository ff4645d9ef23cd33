import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The request that an event came in as, where mappings may read it. Null for all other events, where it costs nothing. */
export class AddEventRequest1795339374790 implements MigrationInterface {
  name = 'AddEventRequest1795339374790';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table event_payloads add column request text`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
