import { Injectable } from '@nestjs/common';
import type { EngineEventType, Event } from '../core/event.js';
import { HooklineError } from '../core/errors.js';
import { formatId, newUuid } from '../core/id.js';
import { HeldLimit } from './held-limit.js';
import { IntegrationMatcher } from '../integrations/integration.matcher.js';
import { Batcher } from '../platform/database/batcher.js';
import { isUnavailable } from '../platform/database/database.js';
import { Config } from '../platform/config/config.js';
import { Metrics } from '../platform/logging/metrics.js';
import { Dispatcher } from '../platform/queue/dispatcher.js';
import { WorkerRegistry } from '../platform/queue/worker-registry.js';
import { laneOf, runCreatedAt, type ClaimedRun } from '../runs/claimed-run.js';
import { EventLog, type EventAttributes, type KeyedEvent, type NewEvent, type NewRun } from '../runs/event-log.js';
import { checkedEvent, directedHash, keyOf, type CheckedEvent } from './checked-event.js';
import { EventJudge } from './event-judge.js';
import type { AcceptedEvent, NewEventBody } from './event.schema.js';
import { answerOf, unknownCommit, type Answer, type DirectedAnswer } from './ingest-answer.js';

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

const MAX_WAITING = 20_000;
const MAX_MATCH_TRIES = 5;

/**
 * The one way in: an event is checked, matched, and committed together with the runs it starts; only then is it
 * answered. Requests that arrive together share a commit.
 */
@Injectable()
export class IngestService {
  private readonly commits = new Batcher<CheckedEvent, Answer>((events) => this.commit(events), {
    maxItems: 200,
    maxInFlight: 2,
    weigh: ({ event }) => 500 + event.dataText.length,
    maxWeight: 8 * 1024 * 1024,
  });

  constructor(
    private readonly config: Config,
    private readonly matcher: IntegrationMatcher,
    private readonly judge: EventJudge,
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
      return this.store({ ...checked, attributes, judgement: await this.judge.judge(checked, body.data, at) });
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

  private async store(checked: CheckedEvent): Promise<AcceptedEvent | DirectedAnswer> {
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

  private async commit(events: CheckedEvent[]): Promise<Answer[]> {
    const leaders = new Map<string, CheckedEvent>();
    for (const each of events) {
      const key = keyOf(each.event);
      if (key !== null && !leaders.has(key)) leaders.set(key, each);
    }
    const repeats = (each: CheckedEvent) => {
      const key = keyOf(each.event);
      return key !== null && leaders.get(key) !== each;
    };
    const refused = new Map<string, HooklineError>();
    const planned = await this.write(
      events.filter((each) => !repeats(each)),
      refused,
    );
    const known = await this.findKnown(events, planned);
    const leaderOf = (each: CheckedEvent) => leaders.get(keyOf(each.event) ?? '') ?? each;
    return events.map((each) => refused.get(leaderOf(each).event.id) ?? answerOf(each, planned, known));
  }

  /** Commits events with their runs; answers those that are new, with their runs. Fills `refused`, by event id. */
  private async write(events: CheckedEvent[], refused: Map<string, HooklineError>): Promise<Map<string, NewEvent>> {
    for (let attempt = 0; attempt < MAX_MATCH_TRIES; attempt++) {
      const { epoch } = this.matcher;
      const judged = events
        .filter(({ event }) => !refused.has(event.id))
        .map((each) => this.judge.judgeAgain(each, refused));
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

  private plan({ event, data, contentHash, integrationId, judgement, attributes }: CheckedEvent): NewEvent {
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
  private async findKnown(events: CheckedEvent[], planned: Map<string, NewEvent>): Promise<Map<string, KeyedEvent>> {
    const repeated = events.filter(({ event }) => event.externalId !== null && !planned.has(event.id));
    if (repeated.length === 0) return new Map();
    const keys = repeated.map(({ event }) => ({ source: event.source, externalId: event.externalId! }));
    const found = await this.log.findKeyed(keys);
    return new Map(found.map((known) => [keyOf(known)!, known]));
  }
}

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
