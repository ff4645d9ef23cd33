import type { TriggerSummary } from '../../api/types.js';

/** What starts an integration, as the second line of its row. */
export function triggerText({ type, eventType }: TriggerSummary): string {
  if (type === 'manual') return 'Started by hand';
  const [first, ...rest] = [eventType ?? []].flat();
  if (!first) return 'Not set up yet';
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}
