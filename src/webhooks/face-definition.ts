import {
  DEFAULT_RETRY,
  DEFAULT_TIMEOUT_MS,
  type Definition,
  type RetryPolicy,
  type WebhookStep,
} from '../core/definition.js';

/** Of every call that a face makes: about a day in all. */
export const WEBHOOK_RETRY: RetryPolicy = {
  ...DEFAULT_RETRY,
  attempts: 12,
  firstDelayMs: 5_000,
  maxDelayMs: 6 * 3_600_000,
};

const MAX_NAME_CHARS = 200;

/** What a face says of its one call; the rest is the same for all of them. */
export interface FaceCall
  extends
    Pick<WebhookStep, 'action' | 'input' | 'connectionId'>,
    Partial<Pick<WebhookStep, 'key' | 'timeoutMs' | 'retry'>> {
  /** Ours. */
  eventType: string | string[];
  /** CEL; null lets every event pass. */
  filter: string | null;
}

/** One event, one call; what comes while it is switched off is not held. */
export const faceDefinition = ({ eventType, filter, key = 'call', ...call }: FaceCall): Definition => ({
  trigger: { type: 'event', eventType, filter, path: null, whenOff: 'drop', orderingKey: null },
  steps: [
    {
      key,
      name: key.charAt(0).toUpperCase() + key.slice(1),
      kind: 'action',
      connector: 'webhook',
      action: call.action,
      connectionId: call.connectionId,
      input: call.input,
      timeoutMs: call.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      retry: call.retry ?? WEBHOOK_RETRY,
      onError: 'stop',
      errorSteps: [],
      idempotencyKey: true,
      if: null,
    },
  ],
});

/** Cut to what the name of an integration may have. */
export const faceName = (name: string): string => name.slice(0, MAX_NAME_CHARS).toWellFormed();

/** CEL: `data` has a member of this name with this value. */
export const dataMemberIs = (member: string, value: string): string =>
  `has(trigger.data.${member}) && trigger.data.${member} == ${JSON.stringify(value)}`;
