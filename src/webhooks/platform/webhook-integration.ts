import type { PlatformEvent } from '../../connectors/webhook/platform-events.js';
import type { FaceIntegration } from '../../integrations/face-integrations.js';
import { faceDefinition, faceName } from '../face-definition.js';

export interface PlatformWebhook {
  /** Empty: of the space. */
  kappSlug: string;
  name: string;
  /** CEL; empty lets every event pass. */
  filter: string;
  url: string;
}

/** A platform webhook is an integration with one step. */
export const webhookIntegration = (
  { kappSlug, name, filter, url }: PlatformWebhook,
  { eventType }: PlatformEvent,
): FaceIntegration => ({
  name: faceName(kappSlug === '' ? name : `${kappSlug}: ${name}`),
  isOn: true,
  definition: faceDefinition({
    action: 'platform-webhook',
    eventType,
    filter: conditionOf(kappSlug, filter),
    connectionId: null,
    input: { url },
  }),
});

function conditionOf(kappSlug: string, filter: string): string | null {
  const conditions = [
    ...(kappSlug === '' ? [] : [`has(trigger.data.kapp) && trigger.data.kapp.slug == ${JSON.stringify(kappSlug)}`]),
    ...(filter.trim() === '' ? [] : [filter]),
  ];
  return conditions.length === 0 ? null : conditions.map((each) => `(${each})`).join(' && ');
}
