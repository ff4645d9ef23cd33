import type { ConnectionType, HookVerification } from '../../../api/types.js';

export interface PresetWords {
  text: string;
  /** What is verified, and where the secret is found. */
  hint: string;
  /** Which connections hold what it verifies with. */
  types: ConnectionType[];
  /** The preset has a signature: a message that comes a second time can be told. */
  isSigned: boolean;
  /** The time of sending is signed too. */
  hasTime: boolean;
}

const signed = { isSigned: true, hasTime: false, types: ['shared-secret'] as ConnectionType[] };
const open = { isSigned: false, hasTime: false };

/** In the order in which they are offered. */
export const PRESETS: Record<HookVerification['preset'], PresetWords> = {
  none: { ...open, text: 'Nobody: the URL is the secret', hint: 'Whoever knows the URL can call it.', types: [] },
  basic: { ...open, text: 'User name and password', hint: 'HTTP Basic.', types: ['basic'] },
  bearer: {
    ...open,
    text: 'Bearer token',
    hint: 'Sent as “Authorization: Bearer …”.',
    types: ['bearer', 'shared-secret'],
  },
  'standard-webhooks': {
    ...signed,
    hasTime: true,
    text: 'Standard Webhooks signature',
    hint: 'The webhook-id, webhook-timestamp and webhook-signature headers, with a key that begins with whsec_ or whpk_.',
    types: ['standard-webhooks'],
  },
  github: {
    ...signed,
    text: 'GitHub signature',
    hint: 'X-Hub-Signature-256, with the secret that you gave the webhook in the settings of the repository.',
  },
  stripe: {
    ...signed,
    hasTime: true,
    text: 'Stripe signature',
    hint: 'Stripe-Signature, with the signing secret of the endpoint (whsec_…), all of it.',
  },
  slack: {
    ...signed,
    hasTime: true,
    text: 'Slack signature',
    hint: 'X-Slack-Signature, with the signing secret of the app. Slack’s question for a new URL is answered by itself.',
  },
  shopify: {
    ...signed,
    text: 'Shopify signature',
    hint: 'X-Shopify-Hmac-Sha256, with the client secret of the app, or the secret shown beside the webhooks of the shop.',
  },
  hmac: { ...signed, text: 'Another HMAC signature', hint: 'You say how it is made.' },
};

/** Why a call was refused, in words. */
export const REFUSALS: Record<string, string> = {
  no_secret: 'there is no secret to verify it with: choose a connection that holds it',
  missing_header: 'it has no signature, or not the headers that go with it',
  credentials: 'its user name, password or token is wrong',
  signature: 'its signature is wrong: another secret, or a body that was changed on the way',
  timestamp: 'its signed time is too far from now',
  replay: 'this very message came before',
  method: 'its method is not among those that are taken',
  conflict: 'another message has the same id',
  too_large: 'it is too large: 1 MiB of data at most',
  media_type: 'its body is compressed',
  malformed: 'its body is not what its Content-Type says',
  handshake: 'it asked something that cannot be answered',
};
