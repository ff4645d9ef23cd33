import { Injectable } from '@nestjs/common';
import { uuidFloor } from '../../core/id.js';
import { Database } from '../../platform/database/database.js';

export const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Removes deliveries past their days: also of hooks that nobody calls any more, which are pruned by nothing else. */
@Injectable()
export class HookDeliveryRetention {
  constructor(private readonly database: Database) {}

  async expire(nowMs: number): Promise<void> {
    await this.database.source.query(`delete from hook_deliveries where id < $1`, [
      uuidFloor(nowMs - KEPT_DAYS * DAY_MS),
    ]);
  }
}
