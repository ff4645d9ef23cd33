import type { HookVerification as Verification } from '../../core/definition.js';

/** Where in the headers a text stands: behind `prefix`, as the whole value or as a member of a list. */
export interface HeaderPart {
  /** In small letters. */
  header: string;
  /** Between the members of a list; null: the value is the one member. */
  separator: string | null;
  prefix: string;
}

/** How a sender signs: all that tells one vendor from another. */
export interface SignatureScheme {
  signature: HeaderPart;
  algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'ed25519';
  /** Written as Node writes it: any other spelling of the same bytes is refused. */
  encoding: 'hex' | 'base64' | 'base64url';
  /** What is signed, with `{id}`, `{timestamp}` and `{body}`. */
  content: string;
  timestamp: HeaderPart | null;
  /** The sender's id of the message, where it is signed too: the same for all its attempts. */
  id: HeaderPart | { member: string } | null;
}

const header = (name: string, prefix = ''): HeaderPart => ({ header: name, separator: null, prefix });

/** @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const standardWebhooks = (version: string, algorithm: SignatureScheme['algorithm']): SignatureScheme => ({
  signature: { header: 'webhook-signature', separator: ' ', prefix: `${version},` },
  algorithm,
  encoding: 'base64',
  content: '{id}.{timestamp}.{body}',
  timestamp: header('webhook-timestamp'),
  id: header('webhook-id'),
});

/** By preset; where there are several, one that holds is enough. */
const PRESETS: Partial<Record<Verification['preset'], readonly SignatureScheme[]>> = {
  'standard-webhooks': [standardWebhooks('v1', 'sha256'), standardWebhooks('v1a', 'ed25519')],
  // https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries; X-GitHub-Delivery is not signed.
  github: [
    {
      signature: header('x-hub-signature-256', 'sha256='),
      algorithm: 'sha256',
      encoding: 'hex',
      content: '{body}',
      timestamp: null,
      id: null,
    },
  ],
  // https://docs.stripe.com/webhooks#verify-manually
  stripe: [
    {
      signature: { header: 'stripe-signature', separator: ',', prefix: 'v1=' },
      algorithm: 'sha256',
      encoding: 'hex',
      content: '{timestamp}.{body}',
      timestamp: { header: 'stripe-signature', separator: ',', prefix: 't=' },
      id: { member: 'id' },
    },
  ],
  // https://docs.slack.dev/authentication/verifying-requests-from-slack
  slack: [
    {
      signature: header('x-slack-signature', 'v0='),
      algorithm: 'sha256',
      encoding: 'hex',
      content: 'v0:{timestamp}:{body}',
      timestamp: header('x-slack-request-timestamp'),
      id: { member: 'event_id' },
    },
  ],
  // https://shopify.dev/docs/apps/build/webhooks/subscribe/https; X-Shopify-Webhook-Id is not signed.
  shopify: [
    {
      signature: header('x-shopify-hmac-sha256'),
      algorithm: 'sha256',
      encoding: 'base64',
      content: '{body}',
      timestamp: null,
      id: null,
    },
  ],
};

/** None where the preset has no signature. */
export function schemesOf(verification: Verification): readonly SignatureScheme[] {
  if (verification.preset !== 'hmac') return PRESETS[verification.preset] ?? [];
  const { algorithm, encoding, signedContent: content, timestampHeader, idHeader } = verification;
  return [
    {
      signature: header(verification.header.toLowerCase(), verification.prefix),
      algorithm,
      encoding,
      content,
      timestamp: timestampHeader === null ? null : header(timestampHeader.toLowerCase()),
      // An id that is not signed could be exchanged by whoever sends a message again.
      id: idHeader !== null && content.includes('{id}') ? header(idHeader.toLowerCase()) : null,
    },
  ];
}
