import type { RunError } from '../../core/run.js';
import { refreshDueAt } from '../../platform/oauth/tokens.js';

export type ConnectionStatus = 'connected' | 'not-connected' | 'reconnect';

/** What is held of a connection's tokens. */
export interface HeldTokens {
  /** Of the tokens: raised with every new ones. */
  version: number;
  status: ConnectionStatus;
  accessToken: string | null;
  /** Whether new ones can be had without a person. */
  refreshable: boolean;
  obtainedAt: number | null;
  /** Null: the provider did not say. */
  expiresAt: number | null;
  /** A receiver answered 401 to this access token. */
  refused: boolean;
  /** The next refresh, after one that failed. Null, with `reconnect`: none before a person has signed in. */
  retryAt: number | null;
  error: RunError | null;
}

export type TokenMove =
  /** `untilMs`: ask again then. */
  { kind: 'use'; untilMs: number } | { kind: 'renew' } | { kind: 'wait'; untilMs: number | null; error: RunError };

/**
 * What to do with the tokens that are held. While the provider cannot renew them the old access token is used to its
 * end. Pure: every process comes to the same answer.
 */
export function tokenMove(held: HeldTokens, nowMs: number): TokenMove {
  const { status, accessToken, refreshable, refused, expiresAt, retryAt } = held;
  const usable =
    status === 'connected' && accessToken !== null && !refused && (expiresAt === null || nowMs < expiresAt);
  if (usable && nowMs < dueAt(held)) return { kind: 'use', untilMs: dueAt(held) };
  const isOver = status === 'reconnect' && retryAt === null;
  const isLater = retryAt !== null && nowMs < retryAt;
  if (refreshable && !isOver && !isLater) return { kind: 'renew' };
  const untilMs = refreshable ? retryAt : null;
  if (usable) return { kind: 'use', untilMs: Math.min(expiresAt ?? Infinity, untilMs ?? Infinity) };
  return { kind: 'wait', untilMs, error: held.error ?? signInError(held) };
}

/** What reads show: a sign-in that has run out is none, although nobody has tried to use it yet. */
export function shownStatus(held: Pick<HeldTokens, 'status' | 'refreshable' | 'expiresAt'>, nowMs: number) {
  const isOver = held.expiresAt !== null && held.expiresAt <= nowMs && !held.refreshable;
  return held.status === 'connected' && isOver ? 'reconnect' : held.status;
}

/** From when on new tokens should be had before the next use. */
const dueAt = ({ obtainedAt, expiresAt, refreshable }: HeldTokens): number =>
  refreshable ? refreshDueAt({ obtainedAt: obtainedAt ?? 0, expiresAt }) : (expiresAt ?? Infinity);

function signInError({ status, accessToken, refused }: HeldTokens): RunError {
  const message =
    status === 'not-connected' || accessToken === null
      ? 'Nobody has signed in with this connection yet. Sign in first.'
      : refused
        ? 'The access token was refused (401), and there is no refresh token to get another one with. Sign in again.'
        : 'The sign-in has run out, and there is no refresh token to renew it with. Sign in again.';
  return { code: 'auth', message };
}

const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 5 * 60_000;
const FIRST_REFUSED_DELAY_MS = 60_000;
const MAX_REFUSED_DELAY_MS = 60 * 60_000;

/**
 * How long after a failed refresh the next one is made. `kind`: as the provider's answer was judged; what trying again
 * would hardly change is tried seldom, because a page of maintenance looks like a wrong address.
 * @param failures in a row, this one included
 */
export function refreshDelayMs(kind: 'retry' | 'failed', failures: number, askedMs: number | null): number {
  const [first, most] =
    kind === 'retry' ? [FIRST_DELAY_MS, MAX_DELAY_MS] : [FIRST_REFUSED_DELAY_MS, MAX_REFUSED_DELAY_MS];
  return Math.max(askedMs ?? 0, Math.min(most, first * 2 ** Math.min(failures - 1, 20)));
}
