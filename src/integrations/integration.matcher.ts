import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { listenedTypes, type Definition, type Trigger } from '../core/definition.js';
import { triggerScope, type Event } from '../core/event.js';
import { EventTypes } from '../connectors/event-types/event-types.js';
import { Database } from '../platform/database/database.js';
import { FreshRead } from '../platform/database/fresh-read.js';
import { MATCH_CHANNEL } from '../platform/database/match-epoch.js';
import { compileCondition, type Condition } from '../platform/expressions/condition.js';
import { Logger } from '../platform/logging/logger.js';
import { DefinitionStore } from '../runs/definition-store.js';

/** What a filter sees of an event. */
export interface MatchedEvent extends Pick<Event, 'type' | 'source' | 'subject' | 'time' | 'request'> {
  /** Public: `evt_…`. */
  id: string;
  data: unknown;
}

export interface Match {
  integrationId: string;
  name: string;
  version: number;
  definitionId: number;
}

export interface PassedOver {
  integrationId: string;
  /** `held_limit`: it would be held, but too many are already. */
  reason: 'filter' | 'filter_error' | 'off' | 'held_limit' | DirectedReason;
}

/** Why an event that was meant for one integration could not even be shown to it. */
type DirectedReason = 'archived' | 'not_published';

export interface MatchResult {
  /** Of the index that answered; an accept compares it with the database's in its own transaction. */
  epoch: string;
  start: Match[];
  hold: Match[];
  passedOver: PassedOver[];
}

/** A published integration. */
interface Listener extends Match {
  isOn: boolean;
  trigger: CompiledTrigger;
}

interface CompiledTrigger {
  types: string[];
  whenOff: Trigger['whenOff'];
  filter: Pick<Condition, 'test'> | null;
}

interface Index {
  epoch: string;
  byType: Map<string, Listener[]>;
  byId: Map<string, Listener | 'archived'>;
}

interface IndexRow {
  epoch: string;
  /** Null, like the rest, in the one row of an empty index. */
  id: string | null;
  name: string;
  is_on: boolean;
  archived: boolean;
  number: number;
  definition_id: number;
}

const POLL_MS = 2_000;

/** One statement, so epoch and rows are of one snapshot. Ordered as they were made: UUIDv7 sort by time. */
const READ_INDEX = `
  select e.epoch::text epoch, i.id, i.name, i.is_on, i.archived_at is not null archived, v.number, v.definition_id
  from match_epoch e
  left join (integrations i join integration_versions v on v.integration_id = i.id and v.number = i.published_version)
    on true
  order by i.id`;

/**
 * Which published integrations an event starts, answered from memory. Notifications keep the index fresh, a poll
 * covers lost ones, and accept's comparison of epochs covers the moment before either: an old index is never acted on.
 */
@Injectable()
export class IntegrationMatcher implements OnModuleInit, OnApplicationShutdown {
  private index: Index = { epoch: '', byType: new Map(), byId: new Map() };
  private triggers = new Map<number, CompiledTrigger>();
  private readonly reads = new FreshRead(() => this.read());
  private timer: NodeJS.Timeout | undefined;
  private unlisten: (() => Promise<void>) | undefined;

  constructor(
    private readonly database: Database,
    private readonly definitions: DefinitionStore,
    private readonly eventTypes: EventTypes,
    private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    const refreshSafely = () =>
      void this.refresh().catch((error: unknown) =>
        this.logger.warn({ error: (error as Error).message }, 'match_index.unread'),
      );
    this.unlisten = await this.database.listen(MATCH_CHANNEL, refreshSafely);
    this.timer = setInterval(refreshSafely, POLL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.unlisten?.();
    await this.reads.settled();
  }

  /** Of the index in memory; empty before the first read. */
  get epoch(): string {
    return this.index.epoch;
  }

  /** Every integration that listens to this type, in the order in which they were made. */
  match(event: MatchedEvent): MatchResult {
    return this.judge(event, this.index.byType.get(event.type) ?? []);
  }

  /** The one integration that an event of the engine's own is for, whatever its trigger listens to. */
  matchOne(event: MatchedEvent, integrationId: string): MatchResult {
    const meant = this.index.byId.get(integrationId);
    if (meant !== undefined && meant !== 'archived') return this.judge(event, [meant]);
    return { ...this.judge(event, []), passedOver: [{ integrationId, reason: meant ?? 'not_published' }] };
  }

  private judge(event: MatchedEvent, listeners: Listener[]): MatchResult {
    const result: MatchResult = { epoch: this.index.epoch, start: [], hold: [], passedOver: [] };
    const scope = { trigger: triggerScope(event, event.data) };
    for (const { isOn, trigger, ...match } of listeners) {
      const fate = fateOf(isOn, trigger, scope);
      if (fate === 'start' || fate === 'hold') result[fate].push(match);
      else result.passedOver.push({ integrationId: match.integrationId, reason: fate });
    }
    return result;
  }

  /** Makes the index at least as new as the database is at the time of the call. Rejects where it is away. */
  refresh(): Promise<void> {
    return this.reads.now();
  }

  private async read(): Promise<void> {
    const { source } = this.database;
    const [{ epoch }] = await source.query<{ epoch: string }[]>(`select epoch::text epoch from match_epoch`);
    if (epoch === this.index.epoch) return;
    const rows = await source.query<IndexRow[]>(READ_INDEX);
    const triggers = new Map<number, CompiledTrigger>();
    const byType = new Map<string, Listener[]>();
    const byId = new Map<string, Listener | 'archived'>();
    for (const row of rows) {
      if (row.id === null) continue;
      if (row.archived) {
        byId.set(row.id, 'archived');
        continue;
      }
      const trigger = this.triggers.get(row.definition_id) ?? compile(await this.definitions.get(row.definition_id));
      triggers.set(row.definition_id, trigger);
      const match = { integrationId: row.id, name: row.name, version: row.number, definitionId: row.definition_id };
      const listener: Listener = { ...match, isOn: row.is_on, trigger };
      byId.set(row.id, listener);
      for (const type of trigger.types) listenersOf(byType, type).push(listener);
    }
    // Read after the epoch, so by the time the index counts they are at least as new as it.
    await this.eventTypes.refresh();
    this.triggers = triggers;
    this.index = { epoch: rows[0].epoch, byType, byId };
  }
}

function fateOf(
  isOn: boolean,
  trigger: CompiledTrigger,
  scope: Record<string, unknown>,
): 'start' | 'hold' | PassedOver['reason'] {
  if (!isOn && trigger.whenOff === 'drop') return 'off';
  try {
    if (trigger.filter && !trigger.filter.test(scope)) return 'filter';
  } catch {
    return 'filter_error';
  }
  return isOn ? 'start' : 'hold';
}

function compile({ trigger }: Definition): CompiledTrigger {
  const types = [...new Set(listenedTypes(trigger))];
  // A time that has come is not kept: nobody waits for yesterday’s.
  const whenOff = trigger.type === 'schedule' ? 'drop' : trigger.whenOff;
  return { types, whenOff, filter: trigger.filter === null ? null : compileFilter(trigger.filter) };
}

/** A filter that a newer release no longer compiles must not take the whole index down with it. */
function compileFilter(source: string): Pick<Condition, 'test'> {
  try {
    return compileCondition(source, ['trigger']);
  } catch (error) {
    return {
      test() {
        throw error;
      },
    };
  }
}

function listenersOf(byType: Map<string, Listener[]>, type: string): Listener[] {
  const known = byType.get(type);
  if (known) return known;
  const made: Listener[] = [];
  byType.set(type, made);
  return made;
}
