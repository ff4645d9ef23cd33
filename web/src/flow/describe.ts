import type { Step, TriggerSummary } from '../api/types.js';

/** The small line of a card: "HTTP POST". */
export function kindOf({
  connector,
  action,
  input,
}: Pick<Step, 'connector' | 'action'> & { input?: Step['input'] }): string {
  const method = action === 'custom' && input && 'method' in input ? `Custom ${input.method}` : action.toUpperCase();
  return `${connector === 'http' ? 'HTTP' : connector} ${action === 'custom' && !input ? 'Custom' : method}`;
}

/** Where a step goes to, short: host and path, with `…` for what is mapped. */
export function targetOf({ input }: Pick<Step, 'input'>): string {
  const url = input.url.trim();
  if (url === '') return 'No URL yet';
  return url
    .replace(/^https?:\/\//i, '')
    .replace(/\{\{.*?\}\}/g, '…')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '');
}

/** What starts an integration, in words. */
export function triggerText({ type, eventType }: TriggerSummary): string {
  if (type === 'manual') return 'Started by hand';
  if (type === 'webhook') return 'Called at its hook URL';
  if (type === 'schedule') return 'On a schedule';
  const [first, ...rest] = [eventType ?? []].flat();
  if (!first) return 'Not set up yet';
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}
