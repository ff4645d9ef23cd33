import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Definition } from '../../core/definition.js';
import { HooklineError, invalid, notFound } from '../../core/errors.js';
import { formatId, newUuid } from '../../core/id.js';
import { replayPlan, type ReplayStart } from '../../core/replay.js';
import { FIRST_TERMINAL_STATE, RUN_STATES, RunState } from '../../core/run.js';
import { RunnableIntegrations } from '../../integrations/runnable-integrations.js';
import { Database } from '../../platform/database/database.js';
import { DefinitionStore } from '../../runs/definition-store.js';
import { EventLog } from '../../runs/event-log.js';
import { PastRuns, type PastRun } from '../../runs/past-runs.js';
import { RunCreator, type AddedRun } from '../../runs/run-creator.js';
import { refuseLongData } from '../event-data.js';

export interface ReplayChoice {
  from: ReplayStart;
  version: 'original' | 'current' | 'draft';
}

/** Repeats runs that are over: a new run for each, which takes over what it need not run again. */
@Injectable()
export class RunReplays {
  constructor(
    private readonly database: Database,
    private readonly past: PastRuns,
    private readonly events: EventLog,
    private readonly creator: RunCreator,
    private readonly definitions: DefinitionStore,
    private readonly integrations: RunnableIntegrations,
  ) {}

  /**
   * Answers the new run's id.
   * @param dataText in the place of the event's data; undefined keeps that
   * @param mend makes what it runs out of what was run
   */
  async replay(
    id: string,
    choice: ReplayChoice,
    { dataText, mend }: { dataText?: string; mend?: (definition: Definition) => Definition } = {},
  ): Promise<string> {
    if (dataText !== undefined) refuseLongData(dataText);
    const run = await this.database.source.transaction(async (tx) => {
      const [old] = await this.past.find(tx, [id]);
      if (!old) throw notFound('run', formatId('run', id));
      const made = await this.plan(tx, old, choice, dataText !== undefined);
      if (dataText !== undefined) {
        made.eventId = newUuid();
        await this.events.recordEdited(tx, made.eventId, old.eventId, dataText, made.id);
      }
      if (mend) {
        const mended = mend(await this.definitions.get(made.definitionId, tx));
        made.definitionId = await this.definitions.pin(tx, mended);
      }
      await this.creator.create(tx, [made]);
      return made;
    });
    this.creator.started([run]);
    return run.id;
  }

  /** The run to make. Throws a conflict where this one cannot be replayed so. */
  async plan(tx: EntityManager, old: PastRun, choice: ReplayChoice, hasOwnData = false): Promise<AddedRun> {
    if (old.state < FIRST_TERMINAL_STATE) {
      throw conflict(
        'run_not_over',
        `${named(old)} is ${RUN_STATES[old.state]}: wait for its end, or cancel it first.`,
      );
    }
    if (!old.hasData && !hasOwnData) {
      throw conflict('data_expired', `The data of the event of ${named(old)} was removed: give "data".`);
    }
    const target = await this.target(tx, old, choice);
    const { steps } = await this.definitions.get(old.definitionId, tx);
    const traces = new Map(old.results.map(({ step, trace }) => [step, trace]));
    const plan = replayPlan(choice.from, target.definition.steps, {
      steps,
      traces,
      succeeded: old.state === RunState.succeeded,
    });
    if (plan.kind === 'refused') {
      if (plan.code !== 'unknown_step') throw conflict(plan.code, plan.message);
      throw invalid(plan.code, [{ path: '/from', code: plan.code, message: plan.message }]);
    }
    const taken = old.results.filter(({ step }) => plan.taken.includes(step));
    if (taken.some(({ kept, trace }) => trace === 'succeeded' && !kept)) {
      throw conflict('data_expired', `Answers of ${named(old)} were removed: replay it from the start.`);
    }
    const id = newUuid();
    return {
      id,
      eventId: old.eventId,
      integrationId: old.integrationId,
      version: target.version,
      definitionId: target.definitionId,
      test: old.test || choice.version === 'draft',
      replayOf: old.id,
      chainId: plan.fromStart ? id : old.chainId,
      depth: old.depth,
      taken,
    };
  }

  private async target(
    tx: EntityManager,
    old: PastRun,
    { version }: ReplayChoice,
  ): Promise<{ version: number | null; definitionId: number; definition: Definition }> {
    if (version === 'original') return { ...old, definition: await this.definitions.get(old.definitionId, tx) };
    const integration = await this.integrations.find(tx, old.integrationId, version);
    if (integration) return integration;
    const message = `The integration of ${named(old)} was deleted: only its original version can be run.`;
    throw conflict('integration_deleted', message);
  }
}

const named = ({ id }: PastRun): string => formatId('run', id);
const conflict = (code: string, message: string): HooklineError => new HooklineError('conflict', code, message);
