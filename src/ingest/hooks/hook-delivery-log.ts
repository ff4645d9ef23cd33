import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { newUuid } from '../../core/id.js';
import { Batcher } from '../../platform/database/batcher.js';
import { Database } from '../../platform/database/database.js';
import { Logger } from '../../platform/logging/logger.js';
import { DeliveryFloods } from './delivery-floods.js';
import { KEPT_DAYS } from './hook-delivery-retention.js';
import { storedHeaders, storedQuery, type HookRequest } from './hook-request.js';

export const OUTCOMES = ['accepted', 'duplicate', 'handshake', 'refused'] as const;
export type DeliveryOutcome = (typeof OUTCOMES)[number];

/** What became of a call to a hook URL. */
export interface Delivery {
  /** UUID. */
  integrationId: string;
  outcome: DeliveryOutcome;
  /** Of a refused one. */
  reason: string | null;
  /** UUID; of an accepted or repeated one, whose event holds what was sent. */
  eventId: string | null;
  request: HookRequest;
  /** Of a body that was not read to its end: as much as was announced. */
  bodyBytes?: number;
}

export interface StoredDelivery {
  id: string;
  integrationId: string;
  outcome: DeliveryOutcome;
  reason: string | null;
  method: string;
  query: string;
  headers: string;
  bodyBytes: string;
  remoteAddress: string | null;
  eventId: string | null;
  times: number;
  receivedAt: Date;
  lastAt: Date;
}

export interface DeliveryFilter {
  integrationId?: string;
  outcome?: DeliveryOutcome;
  beforeId: string | null;
  limit: number;
}

/** Of an integration: so many refused and so many others, and so much of what was sent, for so long. */
const MAX_KEPT = 1_000;
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
/** Longer bodies are not kept: such a delivery cannot be checked again. */
const MAX_KEPT_BODY = 1024 * 1024;
const PRUNE_EVERY = 100;
const MAX_REMEMBERED = 10_000;
const COUNT_EVERY_MS = 2_000;
const MAX_WAITING = 5_000;

const COLUMNS = `id, integration_id as "integrationId", outcome, reason, method, query, headers, body_bytes as "bodyBytes",
  remote_address as "remoteAddress", event_id as "eventId", times, received_at as "receivedAt", last_at as "lastAt"`;

/**
 * The log of what was sent to hook URLs, bounded for each integration. A flood of refused calls costs counting, not
 * rows: it cannot fill the disk, nor hide from whoever looks.
 */
@Injectable()
export class HookDeliveryLog implements OnApplicationShutdown {
  private readonly writes = new Batcher<{ id: string; delivery: Delivery }, null>((items) => this.insert(items), {
    maxItems: 100,
    maxInFlight: 1,
    weigh: ({ delivery }) => 500 + delivery.request.body.length,
    maxWeight: 16 * 1024 * 1024,
  });
  private readonly floods = new DeliveryFloods();
  private readonly sincePrune = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.count();
  }

  /** Resolves when it is stored or counted; never throws: a delivery is not answered otherwise because its log is away. */
  async record(delivery: Delivery): Promise<void> {
    const id = newUuid();
    const { outcome, integrationId, reason } = delivery;
    if (outcome === 'refused' && !this.floods.mayKeep(id, integrationId, reason, Date.now())) {
      this.timer ??= setTimeout(() => void this.count(), COUNT_EVERY_MS).unref();
      return;
    }
    if (this.writes.backlog > MAX_WAITING) return;
    await this.writes.push({ id, delivery }).catch((error: unknown) => {
      this.logger.warn({ error: (error as Error).message }, 'hook_deliveries.unwritten');
    });
  }

  /** Newest first. */
  list({ integrationId, outcome, beforeId, limit }: DeliveryFilter): Promise<StoredDelivery[]> {
    return this.database.source.query<StoredDelivery[]>(
      `select ${COLUMNS} from hook_deliveries
       where ($1::uuid is null or integration_id = $1) and ($2::text is null or outcome = $2) and ($3::uuid is null or id < $3)
       order by id desc limit $4`,
      [integrationId ?? null, outcome ?? null, beforeId, limit],
    );
  }

  /** With its body, as far as that was kept. */
  async find(id: string): Promise<(StoredDelivery & { body: Buffer | null }) | null> {
    const [row] = await this.database.source.query<(StoredDelivery & { body: Buffer | null })[]>(
      `select ${COLUMNS}, body from hook_deliveries where id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** What a second look at a refused one came to. Of several at once, the first that is no refusal stays. */
  async checked(id: string, outcome: DeliveryOutcome, reason: string | null, eventId: string | null): Promise<void> {
    await this.database.source.query(
      `update hook_deliveries set outcome = $2, reason = $3, event_id = $4, body = case when $2 = 'refused' then body end
       where id = $1 and outcome = 'refused'`,
      [id, outcome, reason, eventId],
    );
  }

  private async count(): Promise<void> {
    this.timer = undefined;
    const counts = this.floods.takeCounts();
    if (counts.length === 0) return;
    await this.database.source
      .query(
        `update hook_deliveries d set times = d.times + u.times, last_at = now()
         from unnest($1::uuid[], $2::int[]) u (id, times) where d.id = u.id`,
        [counts.map(({ id }) => id), counts.map(({ more }) => more)],
      )
      .catch((error: unknown) => this.logger.warn({ error: (error as Error).message }, 'hook_deliveries.uncounted'));
  }

  private async insert(items: { id: string; delivery: Delivery }[]): Promise<null[]> {
    const column = <T>(pick: (delivery: Delivery) => T) => items.map(({ delivery }) => pick(delivery));
    // An integration may be deleted at this moment: then there is nobody to keep it for.
    await this.database.source.query(
      `insert into hook_deliveries (id, integration_id, outcome, reason, method, query, headers, body, body_bytes, remote_address,
                                    event_id, received_at, last_at)
       select u.id, u.integration_id, u.outcome, u.reason, u.method, u.query, u.headers, u.body, u.bytes, u.address, u.event_id,
              u.received_at, u.received_at
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::bigint[],
                   $10::text[], $11::uuid[], $12::timestamptz[])
         u (id, integration_id, outcome, reason, method, query, headers, body, bytes, address, event_id, received_at)
       join integrations i on i.id = u.integration_id`,
      [
        items.map(({ id }) => id),
        column(({ integrationId }) => integrationId),
        column(({ outcome }) => outcome),
        column(({ reason }) => reason),
        column(({ request }) => request.method),
        column(({ request }) => storedQuery(request.query)),
        column(({ request }) => JSON.stringify(storedHeaders(request.headers))),
        column(({ outcome, request: { body } }) =>
          outcome === 'refused' && body.length > 0 && body.length <= MAX_KEPT_BODY ? body : null,
        ),
        column(({ request, bodyBytes }) => bodyBytes ?? request.body.length),
        column(({ request }) => request.remoteAddress),
        column(({ eventId }) => eventId),
        column(({ request }) => new Date(request.receivedAtMs)),
      ],
    );
    await this.prune(column(({ integrationId }) => integrationId));
    return items.map(() => null);
  }

  /** Now and then, so that what is kept of an integration is at most a little more than may be. */
  private async prune(integrationIds: string[]): Promise<void> {
    for (const [id, group] of Map.groupBy(integrationIds, (each) => each)) {
      const since = (this.sincePrune.get(id) ?? PRUNE_EVERY) + group.length;
      if (this.sincePrune.size > MAX_REMEMBERED) this.sincePrune.clear();
      this.sincePrune.set(id, since < PRUNE_EVERY ? since : 0);
      if (since < PRUNE_EVERY) continue;
      await this.database.source.query(
        `delete from hook_deliveries where integration_id = $1 and (received_at < now() - interval '${KEPT_DAYS} days' or id in (
           select id from (
             select id, row_number() over (partition by outcome = 'refused' order by id desc) as n,
                    sum(coalesce(octet_length(body), 0)) over (partition by outcome = 'refused' order by id desc) as bytes
             from hook_deliveries where integration_id = $1) d
           where n > ${MAX_KEPT} or bytes > ${MAX_KEPT_BYTES}))`,
        [id],
      );
    }
  }
}
