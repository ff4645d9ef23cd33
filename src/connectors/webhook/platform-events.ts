/** What a platform webhook can listen to, in that system's words. */
export interface PlatformEvent {
  type: string;
  event: string;
  /** Ours. */
  eventType: string;
  /** `kapp` events can be listened to for one kapp, or for all of them on the space. */
  scope: 'space' | 'kapp';
}

type Row = [type: string, events: string[], family: string, scope: PlatformEvent['scope']];

const rows: Row[] = [
  ['User', ['Created', 'Updated', 'Deleted'], 'space.user', 'space'],
  ['Team', ['Created', 'Updated', 'Deleted'], 'space.team', 'space'],
  ['Datastore Form', ['Created', 'Updated'], 'space.datastore_form', 'space'],
  ['Datastore Submission', ['Created', 'Submitted'], 'space.datastore_submission', 'space'],
  ['Form', ['Created', 'Updated'], 'kapp.form', 'kapp'],
  ['Submission', ['Created', 'Submitted'], 'kapp.submission', 'kapp'],
];

export const platformEvents: readonly PlatformEvent[] = rows.flatMap(([type, events, family, scope]) =>
  events.map((event) => ({ type, event, eventType: `${family}.${event.toLowerCase()}`, scope })),
);

const byEventType = new Map(platformEvents.map((each) => [each.eventType, each]));

/** By our name of it. */
export const platformEventOf = (eventType: string): PlatformEvent | undefined => byEventType.get(eventType);

/** What a webhook of a scope can listen to. */
export const platformEventsOf = (scope: PlatformEvent['scope']): PlatformEvent[] =>
  platformEvents.filter((each) => scope === 'space' || each.scope === 'kapp');
