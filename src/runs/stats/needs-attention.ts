import type { EntityManager } from 'typeorm';
import { formatId, uuidFloor } from '../../core/id.js';
import { RunState } from '../../core/run.js';
import { WAITS_FOR_CONNECTION } from '../waiting-runs.js';
import type { RunStatsView } from './run-stats.schema.js';

/** Integrations of each list, those with the most runs first. */
const TOP = 10;

/** What is on its way and cannot go on now, whenever it was made. */
export async function waitingRuns(tx: EntityManager, integrationId: string | null): Promise<RunStatsView['waiting']> {
  interface Row {
    integrationId: string;
    name: string | null;
    runs: number;
    oldest: Date;
    forSignIn: number;
  }
  const rows = await tx.query<Row[]>(
    `with waits as (
       select integration_id, count(*)::int as runs, min(created_at) as oldest,
         count(*) filter (where reason = '${WAITS_FOR_CONNECTION}')::int as signing
       from runs where ended_at is null and state = ${RunState.waiting} and not test
         ${integrationId === null ? '' : 'and integration_id = $1'}
       group by integration_id)
     select integration_id as "integrationId", name, runs, oldest, signing as "forSignIn"
     from waits left join integrations i on i.id = integration_id order by signing desc, integration_id`,
    integrationId === null ? [] : [integrationId],
  );
  const oldest = rows.map((row) => row.oldest.getTime());
  return {
    runs: rows.reduce((sum, { runs }) => sum + runs, 0),
    oldestAt: rows.length === 0 ? null : new Date(Math.min(...oldest)).toISOString(),
    forSignIn: rows
      .filter(({ forSignIn }) => forSignIn > 0)
      .slice(0, TOP)
      .map((row) => ({
        integrationId: formatId('int', row.integrationId),
        integrationName: row.name,
        runs: row.forSignIn,
      })),
  };
}

/** Who has failed since then, without what a replay has put right or is putting right. */
export async function failingIntegrations(
  tx: EntityManager,
  fromMs: number,
  integrationId: string | null,
): Promise<RunStatsView['failing']> {
  interface Row {
    integrationId: string;
    name: string | null;
    runs: number;
    lastId: string;
    lastAt: Date;
    code: string | null;
    message: string | null;
  }
  const rows = await tx.query<Row[]>(
    `with failed as (
       select integration_id, count(*)::int as runs, max(r.id::text)::uuid as last_id
       from runs r
       where r.id >= $1 and r.error_code is not null and r.state = ${RunState.failed} and not r.test
         ${integrationId === null ? '' : 'and r.integration_id = $2'}
         and not exists (select from runs n where n.replay_of = r.id and n.replay_of is not null)
       group by integration_id order by runs desc, last_id desc limit ${TOP})
     select f.integration_id as "integrationId", i.name, f.runs, f.last_id as "lastId", r.ended_at as "lastAt",
       r.error_code as code, r.error_message as message
     from failed f join runs r on r.id = f.last_id left join integrations i on i.id = f.integration_id
     order by f.runs desc, f.last_id desc`,
    integrationId === null ? [uuidFloor(fromMs)] : [uuidFloor(fromMs), integrationId],
  );
  return rows.map((row) => ({
    integrationId: formatId('int', row.integrationId),
    integrationName: row.name,
    runs: row.runs,
    lastAt: row.lastAt.toISOString(),
    lastRunId: formatId('run', row.lastId),
    error: { code: row.code ?? 'unknown', message: row.message ?? '' },
  }));
}
