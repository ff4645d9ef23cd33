import type { Step, Trigger, TriggerSummary } from '../api/types.js';
import { cronText } from './cron-words.js';

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

/** The second line of what starts an integration. */
export function triggerDetail(trigger: Trigger): string {
  switch (trigger.type) {
    case 'event':
      return 'Event';
    case 'webhook':
      return VERIFIED_BY[trigger.verification.preset];
    case 'schedule':
      return cronText(trigger.cron);
    case 'manual':
      return '';
  }
}

const VERIFIED_BY: Record<Extract<Trigger, { type: 'webhook' }>['verification']['preset'], string> = {
  none: 'Nobody is verified',
  basic: 'User name and password',
  bearer: 'Bearer token',
  'standard-webhooks': 'Standard Webhooks signature',
  github: 'GitHub signature',
  stripe: 'Stripe signature',
  slack: 'Slack signature',
  shopify: 'Shopify signature',
  hmac: 'HMAC signature',
};
