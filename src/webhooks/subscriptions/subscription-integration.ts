import { eventTypeOf } from '../../connectors/webhook/subscription-events.js';
import { DEFAULT_TIMEOUT_MS, type Definition } from '../../core/definition.js';
import type { FaceIntegration } from '../../integrations/face-integrations.js';
import { WEBHOOK_RETRY } from '../webhook-retry.js';
import type { SubscriptionSettings } from './subscription.schema.js';

const MAX_NAME_CHARS = 200;

/** A subscription is an integration with one step. @param connectionId `con_…` of what signs its calls */
export const subscriptionIntegration = (
  settings: SubscriptionSettings,
  connectionId: string,
  enabled: boolean,
): FaceIntegration => ({
  name: `Subscription: ${settings.webhookUrl}`.slice(0, MAX_NAME_CHARS).toWellFormed(),
  isOn: enabled,
  definition: definitionOf(settings, connectionId),
});

const definitionOf = (settings: SubscriptionSettings, connectionId: string): Definition => ({
  trigger: {
    type: 'event',
    eventType: settings.events.map(eventTypeOf),
    filter: settings.workflowId === null ? null : ofWorkflow(settings.workflowId),
    path: null,
    whenOff: 'drop',
    orderingKey: null,
  },
  steps: [
    {
      key: 'deliver',
      name: 'Deliver',
      kind: 'action',
      connector: 'webhook',
      action: 'subscription',
      connectionId,
      input: { url: settings.webhookUrl, method: settings.webhookHttpMethod },
      timeoutMs: DEFAULT_TIMEOUT_MS,
      retry: WEBHOOK_RETRY,
      onError: 'stop',
      errorSteps: [],
      idempotencyKey: true,
      if: null,
    },
  ],
});

const ofWorkflow = (id: string): string =>
  `has(trigger.data.workflowId) && trigger.data.workflowId == ${JSON.stringify(id)}`;
