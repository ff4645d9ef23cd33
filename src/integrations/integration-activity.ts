import { Injectable } from '@nestjs/common';
import { ConnectionUses } from '../connections/connection-uses.js';
import { formatId } from '../core/id.js';
import { RUN_STATES } from '../core/run.js';
import { Database } from '../platform/database/database.js';
import { RunActivity } from '../runs/stats/run-activity.js';
import type { ActivityView, AttentionView, CountsView } from './integration-activity.schema.js';

/** Integrations that are On and looked at for what keeps them from their work; of more, the oldest go unnoticed. */
const MAX_ON = 5_000;

/** What integrations did of late, and which of them need a person. Ids are UUIDs. */
@Injectable()
export class IntegrationActivity {
  constructor(
    private readonly database: Database,
    private readonly runs: RunActivity,
    private readonly connections: ConnectionUses,
  ) {}

  /** A fixed number of statements, however many are asked for; those that do not exist have no runs. */
  async of(ids: string[]): Promise<ActivityView> {
    const [{ startMs, hours }, last, attention] = await Promise.all([
      this.runs.byHour(),
      this.runs.lastRuns(ids),
      this.attention(await this.on(ids)),
    ]);
    const lastRuns = new Map(last.map((run) => [run.integrationId, run]));
    const data = ids.map((id) => {
      const own = hours.map((hour) => hour.get(id));
      const sum = (of: 'runs' | 'succeeded' | 'failed') => own.reduce((total, hour) => total + (hour?.[of] ?? 0), 0);
      const run = lastRuns.get(id);
      return {
        integrationId: formatId('int', id),
        hours: own.map((hour) => ({ runs: hour?.runs ?? 0, failed: hour?.failed ?? 0 })),
        runs: sum('runs'),
        succeeded: sum('succeeded'),
        failed: sum('failed'),
        lastRun: run
          ? { id: formatId('run', run.id), status: RUN_STATES[run.state], at: run.createdAt.toISOString() }
          : null,
        attention: attention.get(id) ?? null,
      };
    });
    return { from: new Date(startMs).toISOString(), data };
  }

  /** Of those that people draw. */
  async counts(): Promise<CountsView> {
    const [[counts], needing] = await Promise.all([
      this.database.source.query<Omit<CountsView, 'attention'>[]>(
        `select (count(*) filter (where archived_at is null))::int as all,
           (count(*) filter (where archived_at is null and is_on))::int as on,
           (count(*) filter (where archived_at is null and not is_on and published_version is not null))::int as off,
           (count(*) filter (where archived_at is null and published_version is null))::int as drafts,
           (count(*) filter (where archived_at is not null))::int as archived
         from integrations where origin = 'native'`,
      ),
      this.needingAttention(),
    ]);
    return { ...counts, attention: needing.length };
  }

  /** Those that people draw, are On, and cannot do their work. */
  async needingAttention(): Promise<string[]> {
    return [...(await this.attention(await this.on(null))).keys()];
  }

  private async on(ids: string[] | null): Promise<string[]> {
    const rows = await this.database.source.query<{ id: string }[]>(
      `select id from integrations
       where is_on and archived_at is null and case when $1::uuid[] is null then origin = 'native' else id = any($1) end
       order by id desc limit ${MAX_ON}`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  /** A sign-in comes first: it may be why runs fail, and one person's minute mends all of them. */
  private async attention(ids: string[]): Promise<Map<string, AttentionView>> {
    const [failing, signIns, waiting] = await Promise.all([
      this.runs.failing(ids),
      this.connections.signInsNeeded(this.database.source.manager, ids),
      this.runs.waitingForSignIn(ids),
    ]);
    const found = new Map<string, AttentionView>();
    for (const { integrationId, id, code, message } of failing) {
      found.set(integrationId, { kind: 'failing', runId: formatId('run', id), error: { code, message } });
    }
    for (const { integrationId, connectionId, name } of signIns) {
      const runs = waiting.get(integrationId) ?? 0;
      found.set(integrationId, { kind: 'sign-in', connectionId, connectionName: name, waiting: runs });
    }
    return found;
  }
}
