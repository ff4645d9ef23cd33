import type { Definition, RetryPolicy } from '../../core/definition.js';
import type { FaceIntegration } from '../../integrations/face-integrations.js';
import { WEBHOOK_RETRY } from '../webhook-retry.js';
import type { CallbackEvent } from './callback.schema.js';

/** The whole call, its answer included. */
const TIMEOUT_MS = 10_000;
const MAX_NAME_CHARS = 200;

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
export const callbackIntegration = (callback: Callback): FaceIntegration => ({
  name: nameOf(callback),
  isOn: callback.enabled,
  definition: definitionOf(callback),
});

const nameOf = ({ processName, event, url }: Callback): string =>
  `${processName || 'Any process'} ${event}: ${url}`.slice(0, MAX_NAME_CHARS).toWellFormed();

const definitionOf = ({ processName, event, url, delivery, connectionId }: Callback): Definition => ({
  trigger: {
    type: 'event',
    eventType: `process.instance.${event}`,
    filter: processName === '' ? null : ofProcess(processName),
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
      action: 'instance-callback',
      connectionId,
      input: { url },
      timeoutMs: TIMEOUT_MS,
      retry: delivery === 'durable' ? WEBHOOK_RETRY : ONCE,
      onError: 'stop',
      errorSteps: [],
      idempotencyKey: true,
      if: null,
    },
  ],
});

const ONCE: RetryPolicy = { ...WEBHOOK_RETRY, attempts: 1 };

const ofProcess = (name: string): string =>
  `has(trigger.data.processName) && trigger.data.processName == ${JSON.stringify(name)}`;
