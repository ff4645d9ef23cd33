import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StepTrace } from '../core/replay.js';
import { AttemptState } from '../core/run.js';

/** What a replay needs to know of the run it repeats. */
export interface PastRun {
  id: string;
  eventId: string;
  integrationId: string;
  version: number | null;
  definitionId: number;
  state: number;
  chainId: string;
  depth: number;
  test: boolean;
  /** False: retention has removed the event's data. */
  hasData: boolean;
  /** The last attempt of every step. */
  results: PastResult[];
}

export interface PastResult {
  step: string;
  number: number;
  trace: StepTrace;
  /** False: of a successful attempt whose answer retention has removed. */
  kept: boolean;
}

/** Reads runs that somebody wants to repeat. */
@Injectable()
export class PastRuns {
  /** In no order; those that do not exist are left out. */
  async find(db: EntityManager, ids: string[]): Promise<PastRun[]> {
    const runs = await db.query<Omit<PastRun, 'results'>[]>(
      `select r.id, r.event_id as "eventId", r.integration_id as "integrationId", r.version, r.definition_id as "definitionId",
              r.state, r.chain_id as "chainId", r.depth, r.test, p.event_id is not null as "hasData"
       from runs r left join event_payloads p on p.event_id = r.event_id where r.id = any($1::uuid[])`,
      [ids],
    );
    const results = await db.query<(Omit<PastResult, 'trace'> & { runId: string; state: number })[]>(
      `select distinct on (a.run_id, a.step) a.run_id as "runId", a.step, a.number, coalesce(e.state, 1) as state,
              p.run_id is not null as kept
       from attempts a
       left join attempt_ends e on e.run_id = a.run_id and e.step = a.step and e.number = a.number
       left join attempt_payloads p on p.run_id = a.run_id and p.step = a.step and p.number = a.number and p.part = 2
       where a.run_id = any($1::uuid[])
       order by a.run_id, a.step, a.number desc`,
      [ids],
    );
    const byRun = Map.groupBy(results, (result) => result.runId);
    return runs.map((run) => ({
      ...run,
      results: (byRun.get(run.id) ?? []).map(({ step, number, state, kept }) => ({
        step,
        number,
        trace: state === AttemptState.succeeded ? 'succeeded' : 'failed',
        kept,
      })),
    }));
  }
}
