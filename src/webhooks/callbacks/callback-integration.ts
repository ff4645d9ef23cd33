import type { RetryPolicy } from '../../core/definition.js';
import type { FaceIntegration } from '../../integrations/face-integrations.js';
import { dataMemberIs, faceDefinition, faceName, WEBHOOK_RETRY } from '../face-definition.js';
import type { CallbackEvent } from './callback.schema.js';

/** The whole call, its answer included. */
const TIMEOUT_MS = 10_000;
const ONCE: RetryPolicy = { ...WEBHOOK_RETRY, attempts: 1 };

export interface Callback {
  /** Empty: every process. */
  processName: string;
  event: CallbackEvent;
  url: string;
  enabled: boolean;
  delivery: 'durable' | 'best-effort';
  /** `con_…` of what signs the call; null: nothing. */
  connectionId: string | null;
}

/** One callback URL is one integration with one step, so that a slow one delays no other. */
export const callbackIntegration = (callback: Callback): FaceIntegration => {
  const { processName, event, url, enabled, delivery, connectionId } = callback;
  return {
    name: faceName(`${processName || 'Any process'} ${event}: ${url}`),
    isOn: enabled,
    definition: faceDefinition({
      action: 'instance-callback',
      eventType: `process.instance.${event}`,
      filter: processName === '' ? null : dataMemberIs('processName', processName),
      connectionId,
      input: { url },
      timeoutMs: TIMEOUT_MS,
      retry: delivery === 'durable' ? WEBHOOK_RETRY : ONCE,
    }),
  };
};
