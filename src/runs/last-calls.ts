import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';

/** The newest run of an integration, and how its last call ended. */
export interface LastCall {
  integrationId: string;
  runId: string;
  state: number;
  createdAt: Date;
  /** Null: no answer came. */
  status: number | null;
  durationMs: number | null;
  errorMessage: string | null;
}

/** What became of the last call of integrations with one step, as their faces show it. */
@Injectable()
export class LastCalls {
  constructor(private readonly database: Database) {}

  /** Tests count. Integrations that never ran are left out. */
  of(integrationIds: string[]): Promise<LastCall[]> {
    return this.database.source.query<LastCall[]>(
      `select r.integration_id as "integrationId", r.id as "runId", r.state, r.created_at as "createdAt", n.status,
         (n.duration_us / 1000.0)::float as "durationMs", coalesce(n.error_message, r.error_message) as "errorMessage"
       from unnest($1::uuid[]) i
       cross join lateral (select * from runs where integration_id = i order by id desc limit 1) r
       left join lateral (select * from attempt_ends where run_id = r.id order by number desc limit 1) n on true`,
      [integrationIds],
    );
  }
}
