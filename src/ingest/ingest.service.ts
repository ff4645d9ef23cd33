import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DEFAULT_SOURCE, eventContent, RESERVED_EVENT_TYPES, type EngineEventType, type Event } from '../core/event.js';
import { HooklineError, invalid, pointer, type Fault } from '../core/errors.js';
import { formatId, newUuid } from '../core/id.js';
import { parseJson } from '../core/json.js';
import { EventTypes } from '../connectors/event-types/event-types.js';
import { HeldLimit } from './held-limit.js';
import { refuseLongData } from './event-data.js';
import { IntegrationMatcher, type PassedOver } from '../integrations/integration.matcher.js';
import { Batcher } from '../platform/database/batcher.js';
import { isUnavailable } from '../platform/database/database.js';
import { Config } from '../platform/config/config.js';
import { Metrics } from '../platform/logging/metrics.js';
import { Dispatcher } from '../platform/queue/dispatcher.js';
import { WorkerRegistry } from '../platform/queue/worker-registry.js';
import { laneOf, runCreatedAt, type ClaimedRun } from '../runs/claimed-run.js';
import { EventLog, type EventAttributes, type KeyedEvent, type NewEvent, type NewRun } from '../runs/event-log.js';
import type { AcceptedEvent, NewEventBody } from './event.schema.js';

/** An event that passed every check, on its way to its commit. */
interface Checked {
  event: Event;
  data: unknown;
  contentHash: Buffer | null;
  /** The one integration it is for; null shows it to all that listen to its type. */
  integrationId: string | null;
  /** What was found against its type's schema; null for events of the engine's own, which nobody judges. */
  judgement: Judgement | null;
  attributes: EventAttributes | null;
}

interface Judgement {
  /** Of the event types it was judged by. */
  epoch: string;
  /** Noted with the event. */
  faults: Fault[] | null;
  /** The data with every number as a double, as schemas see it. */
  plain: unknown;
  at: readonly (string | number)[];
}

/** What one of the engine's own doors (hook URLs, schedule, manual runs) hands in, for one integration only. */
export interface DirectedEvent extends Pick<Event, 'source' | 'dataText'> {
  type: EngineEventType;
  /** UUID. It is recorded also where this integration is archived, was never published or is gone. */
  integrationId: string;
  /** With `source` it makes the event idempotent: let `source` name the integration. */
  externalId?: string | null;
  subject?: string | null;
  time?: Date;
  request?: Event['request'];
}

export interface DirectedAnswer extends AcceptedEvent {
  /** Why it neither runs nor is held; null where it does, and of a duplicate. */
  passedOver: PassedOver['reason'] | null;
}

type Answer = AcceptedEvent | DirectedAnswer | HooklineError;

const MAX_WAITING = 20_000;
const MAX_MATCH_TRIES = 5;

/**
 * The one way in: an event is checked, matched, and committed together with the runs it starts; only then is it
 * answered. Requests that arrive together share a commit.
 */
@Injectable()
export class IngestService {
  private readonly commits = new Batcher<Checked, Answer>((events) => this.commit(events), {
    maxItems: 200,
    maxInFlight: 2,
    weigh: ({ event }) => 500 + event.dataText.length,
    maxWeight: 8 * 1024 * 1024,
  });

  constructor(
    private readonly config: Config,
    private readonly matcher: IntegrationMatcher,
    private readonly eventTypes: EventTypes,
    private readonly log: EventLog,
    private readonly dispatcher: Dispatcher<ClaimedRun>,
    private readonly registry: WorkerRegistry,
    private readonly metrics: Metrics,
    private readonly heldLimit: HeldLimit,
  ) {}

  /** @param dataText `data` as it was received. @param at where the event lies in the request, for error pointers. */
  async accept(
    body: NewEventBody,
    dataText: string,
    at: readonly (string | number)[] = [],
    attributes: EventAttributes | null = null,
  ): Promise<AcceptedEvent> {
    return this.counted(async () => {
      const checked = checkedEvent(body, dataText, null, at);
      return this.store({ ...checked, attributes, judgement: await this.judgeFairly(checked, body.data, at) });
    });
  }

  /**
   * An event for one integration. Only that one judges it, and it is recorded in any case, with the reason where it
   * starts nothing. `dataText` must be valid JSON; throws as `accept` does.
   */
  acceptDirected(directed: DirectedEvent): Promise<DirectedAnswer> {
    const { type, source, externalId, subject, time, dataText, request, integrationId } = directed;
    const body = { type, source, id: externalId ?? undefined, subject, time: time?.toISOString() };
    return this.counted(async () => {
      const checked = checkedEvent(body, dataText, request ?? null);
      const contentHash = checked.contentHash && directedHash(type, integrationId);
      return (await this.store({ ...checked, contentHash, integrationId })) as DirectedAnswer;
    });
  }

  private async counted<T extends AcceptedEvent>(accept: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      const accepted = await accept();
      this.metrics.events.inc({ result: accepted.duplicate ? 'duplicate' : 'accepted' });
      return accepted;
    } catch (error) {
      this.metrics.events.inc({ result: 'rejected' });
      throw error;
    } finally {
      this.metrics.acceptSeconds.observe((performance.now() - startedAt) / 1000);
    }
  }

  private async store(checked: Checked): Promise<AcceptedEvent | DirectedAnswer> {
    if (this.commits.backlog > MAX_WAITING) {
      throw new HooklineError('unavailable', 'backlog', 'More events wait to be stored than can be: send it again.', {
        retryAfterMs: 1_000,
      });
    }
    const answer = await this.commits.push(checked).catch((error: unknown) => {
      throw isUnavailable(error) ? unknownCommit(error) : error;
    });
    if (answer instanceof HooklineError) throw answer;
    return answer;
  }

  /** Refuses nothing by the types of yesterday: one may have been made a moment ago, through another process. */
  private async judgeFairly(checked: Checked, plain: unknown, at: Judgement['at']): Promise<Judgement> {
    try {
      return this.judge(checked, plain, at);
    } catch (error) {
      const { epoch } = this.eventTypes;
      await this.eventTypes.refresh();
      if (epoch === this.eventTypes.epoch) throw error;
      return this.judge(checked, plain, at);
    }
  }

  /** By its type as this process knows it now. Throws where there is none, and where the data is to be refused. */
  private judge({ event: { type, dataText } }: Checked, plain: unknown, at: Judgement['at']): Judgement {
    const { epoch } = this.eventTypes;
    const known = this.eventTypes.find(type);
    if (!known || RESERVED_EVENT_TYPES.has(type)) throw unknownType(type, this.eventTypes.near(type), at);
    const { validation } = known.type;
    const faults = validation === 'off' ? null : known.faults(plain, dataText.length);
    if (faults === null || validation === 'warn') return { epoch, faults, plain, at };
    const under = pointer([...at, 'data']);
    throw invalid(
      'schema_mismatch',
      faults.map((fault) => ({ ...fault, path: under + fault.path })),
    );
  }

  /**
   * Again, where a type has changed since: what comes after the answer to a change is judged by it. Null, and noted
   * under its event's id, where it is refused now.
   */
  private judgedNow(each: Checked, refused: Map<string, HooklineError>): Checked | null {
    const { judgement } = each;
    if (judgement === null || judgement.epoch === this.eventTypes.epoch) return each;
    try {
      return { ...each, judgement: this.judge(each, judgement.plain, judgement.at) };
    } catch (error) {
      if (!(error instanceof HooklineError)) throw error;
      refused.set(each.event.id, error);
      return null;
    }
  }

  private async commit(events: Checked[]): Promise<Answer[]> {
    const leaders = new Map<string, Checked>();
    for (const each of events) {
      const key = keyOf(each.event);
      if (key !== null && !leaders.has(key)) leaders.set(key, each);
    }
    const repeats = (each: Checked) => {
      const key = keyOf(each.event);
      return key !== null && leaders.get(key) !== each;
    };
    const refused = new Map<string, HooklineError>();
    const planned = await this.write(
      events.filter((each) => !repeats(each)),
      refused,
    );
    const known = await this.findKnown(events, planned);
    const leaderOf = (each: Checked) => leaders.get(keyOf(each.event) ?? '') ?? each;
    return events.map((each) => refused.get(leaderOf(each).event.id) ?? answer(each, planned, known));
  }

  /** Commits events with their runs; answers those that are new, with their runs. Fills `refused`, by event id. */
  private async write(events: Checked[], refused: Map<string, HooklineError>): Promise<Map<string, NewEvent>> {
    for (let attempt = 0; attempt < MAX_MATCH_TRIES; attempt++) {
      const { epoch } = this.matcher;
      const judged = events.filter(({ event }) => !refused.has(event.id)).map((each) => this.judgedNow(each, refused));
      const planned = judged.filter((each) => each !== null).map((each) => this.plan(each));
      let started = false;
      try {
        if (this.heldLimit.concerns(planned)) await this.heldLimit.apply(planned);
        const wake = this.config.role === 'api';
        const { fresh, keyed, numbers } = await this.log.accept(planned, epoch, wake);
        if (fresh) {
          started = true;
          const isNew = (event: NewEvent) => event.externalId === null || keyed.has(event.id);
          this.start(planned, isNew, numbers);
          return new Map(planned.filter(isNew).map((event) => [event.id, event]));
        }
      } finally {
        if (!started) this.release(planned);
      }
      await this.matcher.refresh();
    }
    throw new HooklineError('unavailable', 'unavailable', 'Integrations are changing too fast: send it again.', {
      retryAfterMs: 1_000,
    });
  }

  private plan({ event, data, contentHash, integrationId, judgement, attributes }: Checked): NewEvent {
    const shown = { ...event, id: formatId('evt', event.id), data };
    const { start, hold, passedOver } =
      integrationId === null ? this.matcher.match(shown) : this.matcher.matchOne(shown, integrationId);
    const owner = this.registry.workerId;
    const run = (match: (typeof start)[number], held: boolean): NewRun => {
      const lane = laneOf(match.integrationId);
      const mine = !held && owner !== null && this.dispatcher.reserve(lane, event.dataText.length);
      const { integrationId, version, definitionId } = match;
      return { id: newUuid(), integrationId, version, definitionId, lane, held, owner: mine ? owner : null };
    };
    return {
      ...event,
      contentHash,
      runs: [...start.map((match) => run(match, false)), ...hold.map((match) => run(match, true))],
      passedOver: passedOver.length === 0 ? null : JSON.stringify(passedOver),
      schemaFaults: judgement?.faults ?? null,
      attributes,
    };
  }

  /** After the commit: what is ours begins at once, what nobody owns is pulled when there is room. */
  private start(planned: NewEvent[], isNew: (event: NewEvent) => boolean, numbers: Map<string, number>): void {
    this.release(planned.filter((event) => !isNew(event)));
    const backlog = new Set<number>();
    for (const event of planned.filter(isNew)) {
      for (const run of event.runs) {
        if (run.owner !== null) this.dispatcher.offer(claimed(run, event, numbers.get(run.id)!));
        else if (!run.held) backlog.add(run.lane);
      }
    }
    this.dispatcher.backlog(backlog);
  }

  private release(planned: NewEvent[]): void {
    for (const event of planned) {
      for (const run of event.runs) if (run.owner !== null) this.dispatcher.unreserve(run.lane, event.dataText.length);
    }
  }

  /** Events of the batch that were accepted before. */
  private async findKnown(events: Checked[], planned: Map<string, NewEvent>): Promise<Map<string, KeyedEvent>> {
    const repeated = events.filter(({ event }) => event.externalId !== null && !planned.has(event.id));
    if (repeated.length === 0) return new Map();
    const keys = repeated.map(({ event }) => ({ source: event.source, externalId: event.externalId! }));
    const found = await this.log.findKeyed(keys);
    return new Map(found.map((known) => [keyOf(known)!, known]));
  }
}

/** Throws where the data is too long. */
function checkedEvent(
  body: Omit<NewEventBody, 'data'>,
  dataText: string,
  request: Event['request'],
  at: readonly (string | number)[] = [],
): Checked {
  refuseLongData(dataText, at);
  const id = newUuid();
  const event: Event = {
    id,
    type: body.type,
    externalId: body.id ?? null,
    source: body.source ?? DEFAULT_SOURCE,
    subject: body.subject ?? null,
    time: new Date(body.time ?? runCreatedAt(id)).toISOString(),
    orderingKey: body.orderingKey ?? null,
    dataText,
    request,
  };
  const data = parseJson(dataText);
  return {
    event,
    data,
    contentHash: event.externalId === null ? null : contentHash(event, data),
    integrationId: null,
    judgement: null,
    attributes: null,
  };
}

function answer(
  { event, contentHash, integrationId }: Checked,
  planned: Map<string, NewEvent>,
  known: Map<string, KeyedEvent>,
): Answer {
  const fresh = planned.get(event.id);
  if (fresh) {
    const runs = fresh.runs.filter((run) => !run.held).map((run) => formatId('run', run.id));
    const accepted = { id: formatId('evt', event.id), duplicate: false, runs, held: fresh.runs.length - runs.length };
    return integrationId === null ? accepted : { ...accepted, passedOver: onlyReason(fresh.passedOver) };
  }
  const first = known.get(keyOf(event)!);
  if (!first) throw new Error('An event that is not new is not known either.');
  const id = formatId('evt', first.eventId);
  if (!first.contentHash.equals(contentHash!)) return conflict(event, id);
  const again = { id, duplicate: true, runs: first.runIds.map((run) => formatId('run', run)), held: first.held };
  return integrationId === null ? again : { ...again, passedOver: null };
}

/** Of an event for one integration. */
const onlyReason = (passedOver: string | null): PassedOver['reason'] | null =>
  passedOver === null ? null : (JSON.parse(passedOver) as PassedOver[])[0].reason;

function claimed(run: NewRun, event: NewEvent, number: number): ClaimedRun {
  return {
    id: run.id,
    number,
    lane: run.lane,
    bytes: event.dataText.length,
    fence: 1,
    integrationId: run.integrationId,
    version: run.version,
    definitionId: run.definitionId,
    chainId: run.id,
    startedAt: runCreatedAt(run.id),
    test: false,
    fresh: true,
    event,
  };
}

const keyOf = ({ source, externalId }: { source: string; externalId: string | null }): string | null =>
  externalId === null ? null : JSON.stringify([source, externalId]);

const contentHash = ({ type, subject, orderingKey }: Event, data: unknown): Buffer =>
  createHash('sha256')
    .update(eventContent(type, subject, orderingKey, data))
    .digest();

/** The id alone makes it the same event: senders change what lies around it between their attempts. */
const directedHash = (type: string, integrationId: string): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([type, integrationId]))
    .digest();

const conflict = ({ source, externalId }: Event, id: string): HooklineError =>
  new HooklineError(
    'conflict',
    'event_conflict',
    `Another event with source ${JSON.stringify(source)} and id ${JSON.stringify(externalId)} was accepted before, as ${id}: give a new event an id of its own.`,
    { faults: [{ path: '/id', code: 'event_conflict', message: `is taken by ${id}, which has other content` }] },
  );

const unknownCommit = (cause: unknown): HooklineError =>
  new HooklineError(
    'unavailable',
    'unavailable',
    'The database does not answer. The event may have been stored: send it again with the same source and id.',
    { retryAfterMs: 1_000, cause },
  );

function unknownType(type: string, near: string[], at: readonly (string | number)[]): HooklineError {
  const hint = RESERVED_EVENT_TYPES.has(type)
    ? 'is made by the engine itself and cannot be sent'
    : `is no event type${near.length > 0 ? `; did you mean ${near.join(', ')}?` : '; see GET /api/v1/event-types'}`;
  return invalid('unknown_event_type', [
    { path: pointer([...at, 'type']), code: 'unknown_event_type', message: `${JSON.stringify(type)} ${hint}` },
  ]);
}
