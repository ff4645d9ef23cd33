import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Which integration listens to which custom type. Written by `integrations`, in the transaction of the change itself. */
@Injectable()
export class EventTypeUses {
  /**
   * Replaces what is noted of an integration. Names that are no stored type are passed over: a draft may name one.
   * While this transaction lasts, none of the others can be deleted.
   */
  async record(
    tx: EntityManager,
    integration: { id: string; name: string },
    eventTypes: readonly string[],
  ): Promise<void> {
    await tx.query(`delete from event_type_uses where integration_id = $1 and event_type <> all($2::text[])`, [
      integration.id,
      eventTypes,
    ]);
    if (eventTypes.length === 0) return;
    await tx.query(
      `insert into event_type_uses (event_type, integration_id, integration_name)
       select name, $1, $2 from event_types where name = any($3::text[]) order by name for key share
       on conflict (event_type, integration_id) do update set integration_name = excluded.integration_name`,
      [integration.id, integration.name, eventTypes],
    );
  }
}
