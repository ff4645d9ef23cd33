import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** What senders of Standard Webhooks sign with; all others sign with `SECRET`. */
export const WHSEC = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;
export const SECRET = 'a shared secret';
const hmac = (content: string, encoding: 'hex' | 'base64' = 'hex') =>
  createHmac('sha256', SECRET).update(content).digest(encoding);
/** In seconds. */
export const now = () => Math.floor(Date.now() / 1000);

/** How each preset's sender signs a body at a time, in seconds. */
export const SENDERS: Record<string, (body: string, seconds: number) => Record<string, string>> = {
  'standard-webhooks': (body, seconds) => ({
    'webhook-id': `msg_${body.length}_${seconds}`,
    'webhook-timestamp': String(seconds),
    'webhook-signature': new Webhook(WHSEC).sign(`msg_${body.length}_${seconds}`, new Date(seconds * 1000), body),
  }),
  github: (body) => ({ 'x-hub-signature-256': `sha256=${hmac(body)}`, 'x-github-delivery': 'not signed' }),
  stripe: (body, seconds) => ({ 'stripe-signature': `t=${seconds},v1=${hmac(`${seconds}.${body}`)}` }),
  slack: (body, seconds) => ({
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${hmac(`v0:${seconds}:${body}`)}`,
  }),
  shopify: (body) => ({ 'x-shopify-hmac-sha256': hmac(body, 'base64') }),
  hmac: (body, seconds) => ({ 'x-time': String(seconds), 'x-signature': hmac(`${seconds}.${body}`) }),
};
/** Those that sign the time too. */
export const TIMED = ['standard-webhooks', 'stripe', 'slack', 'hmac'];
/** What the preset `hmac` has to be told of its sender. */
export const GENERIC = { signedContent: '{timestamp}.{body}', timestampHeader: 'X-Time' };
