import { DEFAULT_RETRY, type RetryPolicy } from '../core/definition.js';

/** Of every call that a face makes: about a day in all. */
export const WEBHOOK_RETRY: RetryPolicy = {
  ...DEFAULT_RETRY,
  attempts: 12,
  firstDelayMs: 5_000,
  maxDelayMs: 6 * 3_600_000,
};
