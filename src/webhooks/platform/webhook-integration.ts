import type { PlatformEvent } from '../../connectors/webhook/platform-events.js';
import { DEFAULT_TIMEOUT_MS, type Definition } from '../../core/definition.js';
import type { FaceIntegration } from '../../integrations/face-integrations.js';
import { WEBHOOK_RETRY } from '../webhook-retry.js';

export interface PlatformWebhook {
  /** Empty: of the space. */
  kappSlug: string;
  name: string;
  /** CEL; empty lets every event pass. */
  filter: string;
  url: string;
}

/** A platform webhook is an integration with one step. */
export const webhookIntegration = (webhook: PlatformWebhook, { eventType }: PlatformEvent): FaceIntegration => ({
  name: webhook.kappSlug === '' ? webhook.name : `${webhook.kappSlug}: ${webhook.name}`.slice(0, 200).toWellFormed(),
  isOn: true,
  definition: definitionOf(webhook, eventType),
});

const definitionOf = ({ kappSlug, filter, url }: PlatformWebhook, eventType: string): Definition => ({
  trigger: {
    type: 'event',
    eventType,
    filter: conditionOf(kappSlug, filter),
    path: null,
    whenOff: 'drop',
    orderingKey: null,
  },
  steps: [
    {
      key: 'call',
      name: 'Call',
      kind: 'action',
      connector: 'webhook',
      action: 'platform-webhook',
      connectionId: null,
      input: { url },
      timeoutMs: DEFAULT_TIMEOUT_MS,
      retry: WEBHOOK_RETRY,
      onError: 'stop',
      errorSteps: [],
      idempotencyKey: true,
      if: null,
    },
  ],
});

function conditionOf(kappSlug: string, filter: string): string | null {
  const conditions = [
    ...(kappSlug === '' ? [] : [`has(trigger.data.kapp) && trigger.data.kapp.slug == ${JSON.stringify(kappSlug)}`]),
    ...(filter.trim() === '' ? [] : [filter]),
  ];
  return conditions.length === 0 ? null : conditions.map((each) => `(${each})`).join(' && ');
}
