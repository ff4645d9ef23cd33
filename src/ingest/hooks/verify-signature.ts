import { createHash, createHmac, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import type { ConnectionAuth } from '../../connections/connection-auth.js';
import { parseStandardWebhookKey } from '../../connections/standard-webhooks.js';
import type { HeaderPart, SignatureScheme } from './signature-schemes.js';

/** What a signature is made with: bytes for an HMAC, a public key for Ed25519. */
export type VerifyingKey = Buffer | KeyObject;

export type SignatureRefusal = 'no_secret' | 'missing_header' | 'timestamp' | 'signature';

export type SignatureOutcome =
  | {
      kind: 'verified';
      /** Of all that was signed: no two messages have the same. */
      digest: string;
      /** The signed id of the message, where the headers have one. */
      id: string | null;
    }
  | { kind: 'refused'; reason: SignatureRefusal };

/** Milliseconds begin where seconds would be in the year 5138. */
const FIRST_MILLISECOND = 100_000_000_000;

/** What a connection's secrets are to a scheme; none where they are of another kind. */
export function verifyingKeys(auth: ConnectionAuth, scheme: SignatureScheme): VerifyingKey[] {
  if (auth.type === 'standard-webhooks') {
    return auth.secrets.flatMap((text): VerifyingKey[] => {
      const key = parseStandardWebhookKey(text);
      if (key === null) return [];
      if (key.kind === 'shared') return scheme.algorithm === 'ed25519' ? [] : [key.secret];
      return scheme.algorithm === 'ed25519' ? [key.publicKey] : [];
    });
  }
  if (auth.type !== 'shared-secret' || scheme.algorithm === 'ed25519') return [];
  return auth.secrets.map((secret) => Buffer.from(secret, 'utf8'));
}

/**
 * Holds a request against a scheme: every header that it needs, then the time, then the signature over the raw bytes,
 * compared in constant time. Whatever is missing or cannot be read refuses it.
 * @param headers names in small letters
 */
export function verifySignature(
  scheme: SignatureScheme,
  keys: readonly VerifyingKey[],
  request: { headers: Readonly<Record<string, string>>; body: Buffer },
  { nowMs, toleranceSeconds }: { nowMs: number; toleranceSeconds: number },
): SignatureOutcome {
  if (keys.length === 0) return { kind: 'refused', reason: 'no_secret' };
  const { headers, body } = request;
  const signatures = partsOf(headers, scheme.signature);
  const timestamp = scheme.timestamp === null ? null : (partsOf(headers, scheme.timestamp)[0] ?? '');
  const id = scheme.id === null || 'member' in scheme.id ? null : (partsOf(headers, scheme.id)[0] ?? '');
  if (signatures.length === 0 || timestamp === '' || id === '') return { kind: 'refused', reason: 'missing_header' };
  if (timestamp !== null && !isRecent(timestamp, nowMs, toleranceSeconds)) {
    return { kind: 'refused', reason: 'timestamp' };
  }
  const content = contentOf(scheme.content, { id: id ?? '', timestamp: timestamp ?? '' }, body);
  // Every signature is held against every key, so that the time it takes tells nothing of which one holds.
  let holds = false;
  for (const key of keys) {
    for (const signature of signatures) holds = matches(scheme, key, content, signature) || holds;
  }
  if (!holds) return { kind: 'refused', reason: 'signature' };
  return { kind: 'verified', digest: createHash('sha256').update(content).digest('base64url'), id };
}

/** The texts at a place, at most this many: each of them costs a signature to be made. */
const MAX_PARTS = 20;

export function partsOf(
  headers: Readonly<Record<string, string>>,
  { header, separator, prefix }: HeaderPart,
): string[] {
  const value = headers[header];
  if (value === undefined) return [];
  const members = separator === null ? [value] : value.split(separator).map((each) => each.trim());
  return members
    .filter((each) => each.startsWith(prefix) && each.length > prefix.length)
    .map((each) => each.slice(prefix.length))
    .slice(0, MAX_PARTS);
}

function isRecent(timestamp: string, nowMs: number, toleranceSeconds: number): boolean {
  if (!/^\d{1,16}$/.test(timestamp)) return false;
  const number = Number(timestamp);
  const ms = number < FIRST_MILLISECOND ? number * 1000 : number;
  return Math.abs(Math.floor(nowMs / 1000) * 1000 - Math.floor(ms / 1000) * 1000) <= toleranceSeconds * 1000;
}

function contentOf(template: string, texts: Record<'id' | 'timestamp', string>, body: Buffer): Buffer {
  const pieces = template.split(/(\{(?:id|timestamp|body)\})/);
  return Buffer.concat(
    pieces.map((piece) => {
      if (piece === '{body}') return body;
      if (piece === '{id}') return Buffer.from(texts.id, 'latin1');
      return Buffer.from(piece === '{timestamp}' ? texts.timestamp : piece);
    }),
  );
}

function matches({ algorithm, encoding }: SignatureScheme, key: VerifyingKey, content: Buffer, given: string): boolean {
  if (algorithm === 'ed25519') {
    const bytes = Buffer.from(given, encoding);
    // Other spellings of the same bytes are no signature: see `encoding`.
    return bytes.toString(encoding) === given && verify(null, content, key, bytes);
  }
  const expected = Buffer.from(
    createHmac(algorithm, key as Buffer)
      .update(content)
      .digest(encoding),
  );
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
