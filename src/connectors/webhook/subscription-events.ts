/** The events that webhook subscriptions know, by that system's names, with ours. */
const byName: Readonly<Record<string, string>> = Object.fromEntries([
  ...['started', 'finished', 'failed', 'recovered', 'sample_finished', 'data_change', 'export_completed'].map(workflow),
  workflow('validation_anomaly_change'),
  ['system_maintenance', 'system.maintenance'],
  ...['service_degradation', 'credits_low', 'free_trial_ending'].map((name) => [name, `system.${name}`]),
]);

function workflow(name: string): [string, string] {
  return [`workflow_${name}`, `workflow.${name}`];
}

const byEventType = new Map(Object.entries(byName).map(([name, eventType]) => [eventType, name]));

export const subscriptionEvents: readonly string[] = Object.keys(byName);

/** Our name of one of `subscriptionEvents`. */
export const eventTypeOf = (name: string): string => byName[name];

/** Their name of ours; undefined where no subscription can have it. */
export const subscriptionEventOf = (eventType: string): string | undefined => byEventType.get(eventType);
