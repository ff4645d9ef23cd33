import { eventTypeOf } from '../../connectors/webhook/subscription-events.js';
import type { FaceIntegration } from '../../integrations/face-integrations.js';
import { dataMemberIs, faceDefinition, faceName } from '../face-definition.js';
import type { SubscriptionSettings } from './subscription.schema.js';

/** A subscription is an integration with one step. @param connectionId `con_…` of what signs its calls */
export const subscriptionIntegration = (
  { webhookUrl, webhookHttpMethod, events, workflowId }: SubscriptionSettings,
  connectionId: string,
  enabled: boolean,
): FaceIntegration => ({
  name: faceName(`Subscription: ${webhookUrl}`),
  isOn: enabled,
  definition: faceDefinition({
    key: 'deliver',
    action: 'subscription',
    eventType: events.map(eventTypeOf),
    filter: workflowId === null ? null : dataMemberIs('workflowId', workflowId),
    connectionId,
    input: { url: webhookUrl, method: webhookHttpMethod },
  }),
});
