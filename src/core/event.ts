import { canonicalJson } from './json.js';

/** What happened, in CloudEvents' words. `dataText` is the JSON text of `data` exactly as it was received. */
export interface Event {
  /** UUIDv7; public as `evt_…`. */
  id: string;
  /** The sender's own id; with `source` it makes the event idempotent. Null: no deduplication. */
  externalId: string | null;
  source: string;
  type: string;
  subject: string | null;
  /** When it happened, as the sender says; otherwise when it was received. RFC 3339, UTC, milliseconds. */
  time: string;
  orderingKey: string | null;
  dataText: string;
  /** The request to a hook URL that it was made of; null for all other events. */
  request: EventRequest | null;
}

/** What mappings read of a request as `trigger.method`, `trigger.headers` and `trigger.query`. */
export interface EventRequest {
  method: string;
  /** By lower-case name; of a repeated one the values joined by `, `. */
  headers: Record<string, string>;
  /** A repeated name has a list. */
  query: Record<string, string | string[]>;
}

export const DEFAULT_SOURCE = 'api';
export const MAX_DATA_BYTES = 1024 * 1024;
export const MAX_BATCH = 1000;

const ENGINE_EVENT_TYPES = ['webhook.received', 'schedule.fired', 'manual.started'] as const;
export type EngineEventType = (typeof ENGINE_EVENT_TYPES)[number];

/** Types that only the engine itself makes, each event for one integration; a sender may not. */
export const RESERVED_EVENT_TYPES: ReadonlySet<string> = new Set(ENGINE_EVENT_TYPES);

/** What filters and mappings read as `trigger`. @param event with its public id */
export const triggerScope = (
  { id, type, source, subject, time, request }: Omit<Event, 'externalId' | 'orderingKey' | 'dataText'>,
  data: unknown,
): Record<string, unknown> => ({ id, type, source, subject, time, data, ...request });

/** What two events with the same (`source`, `id`) must share to count as the same event. `time` is left out: api.md. */
export const eventContent = (type: string, subject: string | null, orderingKey: string | null, data: unknown): string =>
  canonicalJson([type, subject, orderingKey, data]);
