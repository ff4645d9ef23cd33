import type { EventsWanted } from '../../../api/catalog.js';
import type { EventItem, SampleRequest, Trigger } from '../../../api/types.js';
import { parseExact } from '../../../ui/exact-json.js';

/** What tests and previews work on; chosen once per integration. */
export type SampleChoice =
  /** The newest event that would start it, whichever that is; the sample of its type where none came yet. */
  | { kind: 'newest' }
  | { kind: 'event'; id: string; label: string }
  | { kind: 'schema' }
  | { kind: 'json'; text: string };

/** A choice with its data at hand. */
export interface Sample {
  kind: 'event' | 'schema' | 'json' | 'none';
  label: string;
  /** `trigger` in expressions. */
  trigger: Record<string, unknown>;
  request: Pick<SampleRequest, 'event' | 'eventId'>;
}

export const NO_SAMPLE: Sample = {
  kind: 'none',
  label: 'No sample yet',
  trigger: { data: {} },
  request: { event: { data: {} } },
};

/** The event types of a trigger; a webhook, a schedule and a manual start have one each. */
export function typesOf(trigger: Pick<Trigger, 'type' | 'eventType'>): string[] {
  switch (trigger.type as string) {
    case 'event':
      return trigger.eventType === null ? [] : [trigger.eventType].flat();
    case 'webhook':
      return ['webhook.received'];
    case 'schedule':
      return ['schedule.fired'];
    default:
      return ['manual.started'];
  }
}

/** The events that could be a sample: those of an event type, or what this very integration was started by. */
export function eventsWanted(trigger: Pick<Trigger, 'type' | 'eventType'>, integrationId: string): EventsWanted {
  switch (trigger.type) {
    case 'event':
      return { types: typesOf(trigger) };
    case 'webhook':
      return { types: typesOf(trigger), source: `hook/${integrationId}` };
    case 'schedule':
      return { types: typesOf(trigger), source: `schedule/${integrationId}` };
    case 'manual':
      return { runsOf: integrationId };
  }
}

/** @param text the event as the server gives it. Throws where it is no JSON. */
export function storedSample(id: string, text: string): Sample {
  const event = parseExact(text) as Record<string, unknown>;
  const { type, source, subject, time, data, request } = event;
  return {
    kind: 'event',
    label: labelOf(event, id),
    // What came to a hook URL has its request beside its data.
    trigger: { id, type, source, subject: subject ?? null, time, data: data ?? {}, ...(request as object | null) },
    request: { eventId: id },
  };
}

export const labelOf = (event: Pick<EventItem, 'subject'> | { subject?: string | null }, id: string): string =>
  event.subject || `…${id.slice(-6)}`;

export function writtenSample(kind: 'json' | 'schema', label: string, data: unknown, type: string | undefined): Sample {
  const event = { type, source: 'sample', subject: null, data };
  return {
    kind,
    label,
    trigger: { id: 'evt_sample', time: new Date(0).toISOString(), ...event },
    request: { event: { type, data } },
  };
}
