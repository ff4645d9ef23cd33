import type { TriggerSummary } from '../../api/types.js';

/** What starts an integration, as the second line of its row. */
export function triggerText({ type, eventType }: TriggerSummary): string {
  if (type === 'manual') return 'Started by hand';
  if (type === 'schedule') return 'On a schedule';
  if (type === 'webhook') return 'When its hook is called';
  const [first, ...rest] = [eventType ?? []].flat();
  if (!first) return 'Not set up yet';
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}
