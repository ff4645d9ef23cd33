import { HooklineError } from '../core/errors.js';
import type { Event } from '../core/event.js';
import { formatId } from '../core/id.js';
import type { PassedOver } from '../integrations/integration.matcher.js';
import type { KeyedEvent, NewEvent } from '../runs/event-log.js';
import { keyOf, type CheckedEvent } from './checked-event.js';
import type { AcceptedEvent } from './event.schema.js';

export interface DirectedAnswer extends AcceptedEvent {
  /** Why it neither runs nor is held; null where it does, and of a duplicate. */
  passedOver: PassedOver['reason'] | null;
}

export type Answer = AcceptedEvent | DirectedAnswer | HooklineError;

/** @param planned the new ones, by their id. @param known those accepted before, by their key */
export function answerOf(
  { event, contentHash, integrationId }: CheckedEvent,
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

const conflict = ({ source, externalId }: Event, id: string): HooklineError =>
  new HooklineError(
    'conflict',
    'event_conflict',
    `Another event with source ${JSON.stringify(source)} and id ${JSON.stringify(externalId)} was accepted before, as ${id}: give a new event an id of its own.`,
    { faults: [{ path: '/id', code: 'event_conflict', message: `is taken by ${id}, which has other content` }] },
  );

export const unknownCommit = (cause: unknown): HooklineError =>
  new HooklineError(
    'unavailable',
    'unavailable',
    'The database does not answer. The event may have been stored: send it again with the same source and id.',
    { retryAfterMs: 1_000, cause },
  );
