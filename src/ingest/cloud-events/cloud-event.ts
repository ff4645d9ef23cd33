import { HooklineError, pointer } from '../../core/errors.js';
import type { EventAttributes } from '../../runs/event-log.js';
import { check } from '../../platform/api/faults.js';
import { newEventSchema, type NewEventBody } from '../event.schema.js';

/** A CloudEvent in our words. @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md */
export interface CloudEvent {
  body: NewEventBody;
  /** JSON text of its data; what is no JSON is a string, and bytes that are no text are one in base64. */
  dataText: string;
  /** Its extensions, `datacontenttype` and `dataschema`. */
  attributes: EventAttributes | null;
}

export interface Payload {
  data: unknown;
  dataText: string;
}

type At = readonly (string | number)[];

const OURS = ['id', 'source', 'type', 'subject', 'time'] as const;
const REQUIRED = ['specversion', 'id', 'source', 'type'] as const;
const NAME = /^[a-z0-9]+$/;
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const MAX_ATTRIBUTES = 50;
const MAX_CHARS = 2_000;

/** Throws a 400 that names the attribute. @param at where the event lies in the request */
export function cloudEvent(attributes: Record<string, unknown>, { data, dataText }: Payload, at: At = []): CloudEvent {
  const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
  requireWellFormed(given, at);
  const { id, source, type, subject, time } = given as Record<string, string | undefined>;
  if (time !== undefined && !RFC_3339.test(time)) throw wrong('time', 'must be a time as RFC 3339 writes it', at);
  const parsed = check(newEventSchema, { id, source, type, subject, time: time?.toUpperCase(), data });
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw wrong(String(path[0]), message, at);
  }
  const rest = Object.entries(given).filter(([name]) => name !== 'specversion' && !OURS.includes(name as never));
  return {
    body: parsed.data,
    dataText,
    attributes: rest.length === 0 ? null : (Object.fromEntries(rest) as EventAttributes),
  };
}

function requireWellFormed(given: Record<string, unknown>, at: At): void {
  for (const name of REQUIRED) {
    if (given[name] === undefined || given[name] === '') throw wrong(name, 'is required and may not be empty', at);
  }
  if (given.specversion !== '1.0') throw wrong('specversion', 'must be 1.0', at);
  const names = Object.keys(given);
  if (names.length > MAX_ATTRIBUTES) throw wrong(names[MAX_ATTRIBUTES], `is one of more than ${MAX_ATTRIBUTES}`, at);
  for (const name of names) {
    if (!NAME.test(name) || name === 'data')
      throw wrong(name, 'must be named with a–z and 0–9 only, and not "data"', at);
    requireValue(name, given[name], at);
  }
  if (given.datacontenttype !== undefined && mediaTypeOf(given.datacontenttype as string) === null) {
    throw wrong('datacontenttype', 'must be a media type', at);
  }
  if (given.dataschema !== undefined && !URL.canParse(given.dataschema as string)) {
    throw wrong('dataschema', 'must be an absolute URI', at);
  }
}

/** Attributes of the specification are texts; extensions may also be booleans and whole numbers (its "Type System"). */
function requireValue(name: string, value: unknown, at: At): void {
  const isOwn = [...OURS, 'specversion', 'datacontenttype', 'dataschema'].includes(name);
  if (typeof value === 'string') {
    if (isOwn && value === '') throw wrong(name, 'may not be empty', at);
    if (value.length > MAX_CHARS) throw wrong(name, `may have ${MAX_CHARS} characters at most`, at);
    if (!value.isWellFormed() || value.includes('\0')) throw wrong(name, 'must be well-formed text without U+0000', at);
  } else if (isOwn) {
    throw wrong(name, 'must be a text', at);
  } else if (typeof value !== 'boolean' && !(Number.isInteger(value) && Math.abs(value as number) <= 2_147_483_648)) {
    throw wrong(name, 'must be a text, a boolean or a whole number of 32 bits', at);
  }
}

export function wrong(attribute: string, message: string, at: At = []): HooklineError {
  const shown = attribute.slice(0, 60).toWellFormed();
  const text = `CloudEvents attribute "${shown}" ${message}.`;
  const faults = [{ path: pointer([...at, shown]), code: 'invalid_cloudevent', message: text }];
  return new HooklineError('malformed', 'invalid_cloudevent', text, { faults });
}

/** RFC 9110, 8.3.1: the type in small letters; null where it is none. */
export function mediaTypeOf(contentType: string): string | null {
  const type = contentType.split(';')[0].trim().toLowerCase();
  return /^[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+$/.test(type) ? type : null;
}

export const isJsonType = (type: string): boolean => /^[^/]+\/json$|\+json$/.test(type);
