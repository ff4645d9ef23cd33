import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The path by which a platform webhook starts an integration. One that is archived gives its path up. */
export class AddTreePaths1795340695152 implements MigrationInterface {
  name = 'AddTreePaths1795340695152';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table integrations add column tree_path text`);
    await db.query(`
      create unique index integrations_tree_path on integrations (tree_path)
      where tree_path is not null and archived_at is null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
