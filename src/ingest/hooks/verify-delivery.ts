import { createHash, timingSafeEqual } from 'node:crypto';
import type { ConnectionAuth } from '../../connections/connection-auth.js';
import type { HookVerification } from '../../core/definition.js';
import type { HookRequest } from './hook-request.js';
import { schemesOf, type SignatureScheme } from './signature-schemes.js';
import { verifyingKeys, verifySignature, type SignatureRefusal } from './verify-signature.js';

export type VerificationRefusal = SignatureRefusal | 'credentials';

export type VerificationOutcome =
  | {
      kind: 'verified';
      /** Null where nothing is signed. */
      signed: { scheme: SignatureScheme; digest: string; id: string | null } | null;
    }
  | { kind: 'refused'; reason: VerificationRefusal };

/** Which fault is told where several schemes refuse: the one that came furthest. */
const FURTHEST: readonly SignatureRefusal[] = ['no_secret', 'missing_header', 'timestamp', 'signature'];

/**
 * Whether a delivery comes from who it should. Fails closed: a preset that needs a secret refuses everything without
 * one. @param auth of the connection; null where it is gone or cannot be opened
 */
export function verifyDelivery(
  verification: HookVerification,
  auth: ConnectionAuth | null,
  request: HookRequest,
  nowMs: number,
): VerificationOutcome {
  const { preset, toleranceSeconds } = verification;
  if (preset === 'none') return { kind: 'verified', signed: null };
  if (auth === null) return { kind: 'refused', reason: 'no_secret' };
  if (preset === 'basic' || preset === 'bearer') return verifyCredentials(preset, auth, request);
  let furthest: SignatureRefusal = 'no_secret';
  for (const scheme of schemesOf(verification)) {
    const outcome = verifySignature(scheme, verifyingKeys(auth, scheme), request, { nowMs, toleranceSeconds });
    if (outcome.kind === 'verified') {
      return { kind: 'verified', signed: { scheme, digest: outcome.digest, id: outcome.id } };
    }
    if (FURTHEST.indexOf(outcome.reason) > FURTHEST.indexOf(furthest)) furthest = outcome.reason;
  }
  return { kind: 'refused', reason: furthest };
}

function verifyCredentials(
  preset: 'basic' | 'bearer',
  auth: ConnectionAuth,
  { headers }: HookRequest,
): VerificationOutcome {
  const { authorization } = headers;
  const expected = credentialsOf(preset, auth);
  if (expected.length === 0) return { kind: 'refused', reason: 'no_secret' };
  if (authorization === undefined) return { kind: 'refused', reason: 'missing_header' };
  const [, scheme, credentials] = /^(\S+) +(\S+)$/.exec(authorization) ?? [];
  const holds = expected.map((each) => sameText(each, credentials ?? '')).includes(true);
  return holds && scheme?.toLowerCase() === preset
    ? { kind: 'verified', signed: null }
    : { kind: 'refused', reason: 'credentials' };
}

function credentialsOf(preset: 'basic' | 'bearer', auth: ConnectionAuth): string[] {
  if (preset === 'basic') {
    // RFC 7617
    return auth.type === 'basic' ? [Buffer.from(`${auth.username}:${auth.password}`).toString('base64')] : [];
  }
  if (auth.type === 'bearer') return [auth.token];
  return auth.type === 'shared-secret' ? auth.secrets : [];
}

/** In a time that tells neither where they differ nor how long they are. */
export const sameText = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b));
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
