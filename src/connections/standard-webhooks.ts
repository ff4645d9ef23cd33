import { createHmac, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';

/**
 * Keys and signatures of Standard Webhooks.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export type StandardWebhookKey =
  /** `whsec_`: signs and verifies `v1`. */
  | { kind: 'shared'; secret: Buffer }
  /** `whsk_`: signs `v1a`, and verifies what it has signed. */
  | { kind: 'private'; privateKey: KeyObject; publicKey: KeyObject }
  /** `whpk_`: verifies `v1a` only. */
  | { kind: 'public'; publicKey: KeyObject };

/** What Node wants before the 32 bytes of an Ed25519 key (RFC 8410, 7 and 4). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;
/** Of a shared secret: the specification's bounds. */
const MIN_SECRET_BYTES = 24;
const MAX_SECRET_BYTES = 64;

/** Null where the text is no key. A private key may carry its public one behind it, as Svix writes them. */
export function parseStandardWebhookKey(text: string): StandardWebhookKey | null {
  const [, prefix, encoded] = /^(whsec|whsk|whpk)_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (prefix === undefined) return null;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== encoded.replace(/=+$/, '')) return null;
  if (prefix === 'whsec') {
    return bytes.length >= MIN_SECRET_BYTES && bytes.length <= MAX_SECRET_BYTES
      ? { kind: 'shared', secret: bytes }
      : null;
  }
  if (prefix === 'whpk') return bytes.length === KEY_BYTES ? { kind: 'public', publicKey: publicKeyOf(bytes) } : null;
  if (bytes.length !== KEY_BYTES && bytes.length !== 2 * KEY_BYTES) return null;
  const der = Buffer.concat([PKCS8, bytes.subarray(0, KEY_BYTES)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const own = publicKey.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
  if (bytes.length > KEY_BYTES && !own.equals(bytes.subarray(KEY_BYTES))) return null;
  return { kind: 'private', privateKey, publicKey };
}

const publicKeyOf = (bytes: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' });

/** Whether something can be signed with it. */
export const signs = (key: StandardWebhookKey): boolean => key.kind !== 'public';

/**
 * The three headers of one attempt: one signature for each key that signs, so that receivers go on while a secret is
 * replaced.
 * @param id the same for every attempt @param body the exact bytes that are sent
 */
export function standardWebhookHeaders(
  keys: readonly StandardWebhookKey[],
  id: string,
  nowMs: number,
  body: Buffer,
): [string, string][] {
  const timestamp = String(Math.floor(nowMs / 1000));
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const signatures = keys.flatMap((key) => {
    if (key.kind === 'shared') return `v1,${createHmac('sha256', key.secret).update(content).digest('base64')}`;
    if (key.kind === 'private') return `v1a,${sign(null, content, key.privateKey).toString('base64')}`;
    return [];
  });
  return [
    ['webhook-id', id],
    ['webhook-timestamp', timestamp],
    ['webhook-signature', signatures.join(' ')],
  ];
}
