import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RESERVED_EVENT_TYPES } from '../../core/event.js';
import { HooklineError, notFound } from '../../core/errors.js';
import { formatId, newUuid } from '../../core/id.js';
import { parseJson } from '../../core/json.js';
import { IntegrationMatcher, type Match, type MatchResult } from '../../integrations/integration.matcher.js';
import { RunnableIntegrations } from '../../integrations/runnable-integrations.js';
import { Database } from '../../platform/database/database.js';
import { EventLog, type StoredPayload } from '../../runs/event-log.js';
import { RunCreator, type AddedRun } from '../../runs/run-creator.js';

/** What becomes of one source of a replay. */
export type Planned = { run: AddedRun } | { skip: string };

const WHY_NOT = {
  filter: 'The condition of the trigger is false.',
  filter_error: 'The condition of the trigger could not be judged.',
  off: 'The integration is Off.',
  archived: 'The integration is archived.',
  not_published: 'The integration was never published.',
  held_limit: 'The integration is Off.',
};

/** Runs events of the log again, or for the first time: with the versions of now, always from the start. */
@Injectable()
export class EventReplays {
  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
    private readonly creator: RunCreator,
    private readonly matcher: IntegrationMatcher,
    private readonly integrations: RunnableIntegrations,
  ) {}

  /** As if the event came now; with `integrationId`, for that one alone, whatever its condition says. Answers run ids. */
  async replay(eventId: string, integrationId?: string): Promise<string[]> {
    if (integrationId === undefined) await this.refresh();
    const runs = await this.database.source.transaction(async (tx) => {
      const [event] = await this.log.findMany(tx, [eventId]);
      if (!event) throw notFound('event', formatId('evt', eventId));
      if (event.data === null) throw conflict('data_expired', `The data of ${formatId('evt', eventId)} was removed.`);
      const earlier = await this.log.runsOf(tx, [eventId]);
      const matches =
        integrationId === undefined
          ? this.startedBy(
              event,
              earlier.map((run) => run.integrationId),
            )
          : [await this.wanted(tx, integrationId)];
      const made = matches.map((match) =>
        runOf(event, match, earlier.findLast((run) => run.integrationId === match.integrationId)?.id ?? null),
      );
      await this.creator.create(tx, made);
      return made;
    });
    this.creator.started(runs);
    return runs.map((run) => run.id);
  }

  /** Reads over a connection of its own: before a transaction, never in one. */
  refresh(): Promise<void> {
    return this.matcher.refresh();
  }

  /** What a backfill of one integration makes of these events, in their order, by what `refresh` read. */
  async plan(tx: EntityManager, integrationId: string, eventIds: string[]): Promise<Map<string, Planned>> {
    const events = new Map((await this.log.findMany(tx, eventIds)).map((event) => [event.id, event]));
    const earlier = (await this.log.runsOf(tx, eventIds)).filter((run) => run.integrationId === integrationId);
    const earlierOf = new Map(earlier.map((run) => [run.eventId, run.id]));
    const planned = new Map<string, Planned>();
    for (const id of eventIds) {
      const event = events.get(id);
      if (!event) continue;
      planned.set(id, this.planOne(event, integrationId, earlierOf.get(id) ?? null));
    }
    return planned;
  }

  private planOne(event: StoredPayload, integrationId: string, replayOf: string | null): Planned {
    if (event.data === null) return { skip: 'The data of the event was removed.' };
    const { start, passedOver } = this.match(event, integrationId);
    if (start.length > 0) return { run: runOf(event, start[0], replayOf) };
    const reason = passedOver.length > 0 ? passedOver[0].reason : 'off';
    return { skip: `${formatId('evt', event.id)}: ${WHY_NOT[reason]}` };
  }

  private startedBy(event: StoredPayload, earlier: string[]): Match[] {
    if (!RESERVED_EVENT_TYPES.has(event.type)) return this.match(event).start;
    // One of the engine's own is for one integration: those that ran it, or looked at it, know which.
    const passedOver = JSON.parse(event.passedOver ?? '[]') as { integrationId: string }[];
    const meant = new Set([...earlier, ...passedOver.map((each) => each.integrationId)]);
    return [...meant].flatMap((id) => this.match(event, id).start);
  }

  private match(event: StoredPayload, integrationId?: string): MatchResult {
    const shown = {
      ...event,
      id: formatId('evt', event.id),
      time: event.time.toISOString(),
      data: parseJson(event.data!),
    };
    return integrationId === undefined ? this.matcher.match(shown) : this.matcher.matchOne(shown, integrationId);
  }

  private async wanted(tx: EntityManager, integrationId: string): Promise<Omit<Match, 'name'>> {
    const integration = await this.integrations.on(tx, integrationId);
    return { ...integration, version: integration.version! };
  }
}

function runOf(event: StoredPayload, match: Omit<Match, 'name'>, replayOf: string | null): AddedRun {
  const id = newUuid();
  return {
    id,
    eventId: event.id,
    integrationId: match.integrationId,
    version: match.version,
    definitionId: match.definitionId,
    test: false,
    replayOf,
    chainId: id,
    depth: 0,
    taken: [],
  };
}

const conflict = (code: string, message: string): HooklineError => new HooklineError('conflict', code, message);
