import type { ConnectionAuth } from '../../connections/connection-auth.js';
import type { WebhookTrigger } from '../../core/definition.js';
import { isObject, parseJson } from '../../core/json.js';
import type { HookRequest } from './hook-request.js';
import { sameText } from './verify-delivery.js';

/** What is answered to a sender that asks before it sends: never HTML, whatever it wants to hear. */
export interface HandshakeAnswer {
  status: number;
  headers: Record<string, string>;
  /** Sent as text/plain. */
  text: string;
}

export type Handshake = { kind: 'answer'; answer: HandshakeAnswer } | { kind: 'refused' };

const MAX_CHALLENGE = 1_024;

/**
 * Questions that come before any delivery, and without a signature. Null where a request is none.
 * @see CloudEvents HTTP 1.1 Web Hooks, 4; W3C WebSub, 5.3
 */
export function handshakeOf(
  trigger: WebhookTrigger,
  auth: ConnectionAuth | null,
  { method, query, headers }: HookRequest,
): Handshake | null {
  const origin = headers['webhook-request-origin'];
  if (method === 'OPTIONS' && origin !== undefined) {
    if (!/^[\w.*:-]{1,253}$/.test(origin)) return { kind: 'refused' };
    const rate: Record<string, string> =
      headers['webhook-request-rate'] === undefined ? {} : { 'webhook-allowed-rate': '*' };
    const allowed = { allow: trigger.methods.join(', '), 'webhook-allowed-origin': origin, ...rate };
    return { kind: 'answer', answer: { status: 200, headers: allowed, text: '' } };
  }
  if (method !== 'GET' || trigger.methods.includes('GET')) return null;
  const parameters = new URLSearchParams(query);
  const challenge = parameters.get('hub.challenge');
  if (challenge === null || parameters.get('hub.mode') === null) return null;
  const known = isToldBySecret(trigger, auth, parameters.get('hub.verify_token'));
  if (!known || challenge.length > MAX_CHALLENGE) return { kind: 'refused' };
  return { kind: 'answer', answer: { status: 200, headers: {}, text: challenge } };
}

/** Whoever verifies deliveries answers only those who know one of the secrets as `hub.verify_token`. */
function isToldBySecret({ verification }: WebhookTrigger, auth: ConnectionAuth | null, token: string | null): boolean {
  if (verification.preset === 'none') return true;
  if (token === null || auth?.type !== 'shared-secret') return false;
  return auth.secrets.map((secret) => sameText(secret, token)).includes(true);
}

/** Slack's question, in a delivery that was verified. Null where it is none. @see docs.slack.dev, url_verification */
export function slackChallenge({ verification }: WebhookTrigger, dataText: string): HandshakeAnswer | null {
  if (verification.preset !== 'slack' || !dataText.includes('url_verification')) return null;
  const data = parseJson(dataText);
  if (!isObject(data) || data.type !== 'url_verification' || typeof data.challenge !== 'string') return null;
  return { status: 200, headers: {}, text: data.challenge.slice(0, MAX_CHALLENGE) };
}
