import { createHash } from 'node:crypto';
import { DEFAULT_SOURCE, eventContent, type Event } from '../core/event.js';
import type { Fault } from '../core/errors.js';
import { newUuid } from '../core/id.js';
import { parseJson } from '../core/json.js';
import { runCreatedAt } from '../runs/claimed-run.js';
import type { EventAttributes } from '../runs/event-log.js';
import { refuseLongData } from './event-data.js';
import type { NewEventBody } from './event.schema.js';

/** An event that passed every check, on its way to its commit. */
export interface CheckedEvent {
  event: Event;
  data: unknown;
  contentHash: Buffer | null;
  /** The one integration it is for; null shows it to all that listen to its type. */
  integrationId: string | null;
  /** What was found against its type's schema; null for events of the engine's own, which nobody judges. */
  judgement: Judgement | null;
  attributes: EventAttributes | null;
}

export interface Judgement {
  /** Of the event types it was judged by. */
  epoch: string;
  /** Noted with the event. */
  faults: Fault[] | null;
  /** The data with every number as a double, as schemas see it. */
  plain: unknown;
  at: readonly (string | number)[];
}

/** Throws where the data is too long. @param dataText `body.data` as it was received; alone it will do. */
export function checkedEvent(
  body: Omit<NewEventBody, 'data'> & { data?: unknown },
  dataText: string,
  request: Event['request'],
  at: readonly (string | number)[] = [],
): CheckedEvent {
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
  const data = parseJson(dataText, body.data);
  return {
    event,
    data,
    contentHash: event.externalId === null ? null : contentHash(event, data),
    integrationId: null,
    judgement: null,
    attributes: null,
  };
}

/** What makes an event the same one as another; null where nothing does. */
export const keyOf = ({ source, externalId }: { source: string; externalId: string | null }): string | null =>
  externalId === null ? null : JSON.stringify([source, externalId]);

const contentHash = ({ type, subject, orderingKey }: Event, data: unknown): Buffer =>
  createHash('sha256')
    .update(eventContent(type, subject, orderingKey, data))
    .digest();

/** The id alone makes it the same event: senders change what lies around it between their attempts. */
export const directedHash = (type: string, integrationId: string): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([type, integrationId]))
    .digest();
