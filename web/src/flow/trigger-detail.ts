import type { Trigger } from '../api/types.js';
import { cronText } from './cron-words.js';

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
  none: 'Whoever knows the URL',
  basic: 'User name and password',
  bearer: 'Bearer token',
  'standard-webhooks': 'Standard Webhooks signature',
  github: 'GitHub signature',
  stripe: 'Stripe signature',
  slack: 'Slack signature',
  shopify: 'Shopify signature',
  hmac: 'HMAC signature',
};
