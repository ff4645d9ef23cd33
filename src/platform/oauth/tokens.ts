/** What a provider gave, ready to be kept. */
export interface Tokens {
  accessToken: string;
  /** The one to keep from now on: a rotated one, or the old one where the provider sent none. Null: cannot be refreshed. */
  refreshToken: string | null;
  /** True: the old refresh token is worth nothing any more, so store this one before anything else. */
  rotated: boolean;
  /** Milliseconds since the epoch, counted from when the request left. */
  obtainedAt: number;
  /** Milliseconds since the epoch; null: the provider did not say. */
  expiresAt: number | null;
  /** As granted; null: as asked for (RFC 6749 5.1). */
  scope: string | null;
}

const MARGIN_MS = 60_000;

/**
 * When an access token should be replaced, in milliseconds since the epoch: 60 s before it expires, or after half of its
 * life where that is shorter than two minutes, so that no provider's tokens are always due. Infinity: never.
 */
export function refreshDueAt({ obtainedAt, expiresAt }: Pick<Tokens, 'obtainedAt' | 'expiresAt'>): number {
  if (expiresAt === null) return Infinity;
  return expiresAt - Math.min(MARGIN_MS, Math.max(0, expiresAt - obtainedAt) / 2);
}

/** Whether an access token should be replaced before it is used. */
export const refreshDue = (tokens: Pick<Tokens, 'obtainedAt' | 'expiresAt'>, nowMs: number): boolean =>
  nowMs >= refreshDueAt(tokens);
