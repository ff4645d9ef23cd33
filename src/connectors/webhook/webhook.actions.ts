import type { Action } from '../action.js';
import { instanceCallback } from './instance-callback.js';
import { platformWebhook } from './platform-webhook.js';
import { subscription } from './subscription.js';

/** The calls that the faces make; each builds its request as the clients of that system expect it. */
export const webhookActions: readonly Action[] = [instanceCallback, platformWebhook, subscription];
