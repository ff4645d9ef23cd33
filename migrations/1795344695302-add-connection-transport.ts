import type { MigrationInterface, QueryRunner } from 'typeorm';

/** TLS settings and a proxy of a connection's own: what may be shown, and what is sealed. */
export class AddConnectionTransport1795344695302 implements MigrationInterface {
  name = 'AddConnectionTransport1795344695302';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table connections add column transport text, add column transport_secret text`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
