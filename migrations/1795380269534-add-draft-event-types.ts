import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What starts a draft, for the list's filter by connector. The text of a draft begins with its trigger; it is not cast to
 * jsonb, which has no room for half of a surrogate pair. Names of types hold no quotes.
 */
export class AddDraftEventTypes1795380269534 implements MigrationInterface {
  name = 'AddDraftEventTypes1795380269534';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table integrations add column event_types text[] not null default '{}'`);
    await db.query(String.raw`
      update integrations set event_types = case substring(draft from '^\{"trigger":\{"type":"([a-z]+)"')
        when 'webhook' then '{webhook.received}'
        when 'schedule' then '{schedule.fired}'
        when 'manual' then '{manual.started}'
        else array(
          select name[1] from regexp_matches(
            substring(draft from '^\{"trigger":\{"type":"event","eventType":("[^"]*"|\[[^]]*\])'), '"([^"]*)"', 'g') name)
      end`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
