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
}

export const DEFAULT_SOURCE = 'api';
export const MAX_DATA_BYTES = 1024 * 1024;
export const MAX_BATCH = 1000;

/** Types that only the engine itself makes; a sender may not. */
export const RESERVED_EVENT_TYPES: ReadonlySet<string> = new Set([
  'webhook.received',
  'schedule.fired',
  'manual.started',
]);

/** What two events with the same (`source`, `id`) must share to count as the same event. `time` is left out: api.md. */
export const eventContent = (type: string, subject: string | null, orderingKey: string | null, data: unknown): string =>
  canonicalJson([type, subject, orderingKey, data]);
