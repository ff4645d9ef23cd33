import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';

const KEEP_MS = 10_000;
const MAX_KEPT = 10_000;

/** What integrations are called, for mappings (`integration.name`); a new name is seen within ten seconds. */
@Injectable()
export class IntegrationNames {
  private readonly kept = new Map<string, { name: string; until: number }>();

  constructor(private readonly database: Database) {}

  /** Empty where the integration has been deleted. */
  async nameOf(id: string): Promise<string> {
    const known = this.kept.get(id);
    if (known && known.until > performance.now()) return known.name;
    const rows = await this.database.source.query<{ name: string }[]>(`select name from integrations where id = $1`, [
      id,
    ]);
    const name = rows[0]?.name ?? '';
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    this.kept.set(id, { name, until: performance.now() + KEEP_MS });
    return name;
  }

  /** As they are now; those that have been deleted are left out. */
  async namesOf(ids: string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.source.query<{ id: string; name: string }[]>(
      `select id, name from integrations where id = any($1::uuid[])`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row.name]));
  }
}
