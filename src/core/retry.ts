import type { RetryPolicy } from './definition.js';
import type { RunErrorCode } from './run.js';

/** How one attempt ended, as far as a retry has to know. */
export interface FailedAttempt {
  /** From 1. */
  number: number;
  code: RunErrorCode;
  /** Status of the answer; null where none came. */
  status: number | null;
  /** The answer's `Retry-After`, verbatim. */
  retryAfter: string | null;
}

/** The longest wait a receiver may ask for. */
export const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** Failures of the way there and back, which another try may not meet. */
const NETWORK: ReadonlySet<RunErrorCode> = new Set([
  'dns',
  'connect_refused',
  'connect_timeout',
  'tls',
  'reset',
  'first_byte_timeout',
  'total_timeout',
]);

/** Not the receiver answered this, but somebody whose answer the call needs: the server of a file to be sent. */
const ELSEWHERE: Partial<Record<RunErrorCode, readonly string[]>> = { http_429: ['429', '4xx'], http_5xx: ['5xx'] };

/**
 * When to try again, in milliseconds since the epoch, or null when this was the last try. Delay n is
 * `firstDelayMs × 2^(n−1)` (or `firstDelayMs`), at most `maxDelayMs`, ± 20 %. A valid `Retry-After` takes its place,
 * with up to 10 % on top so that receivers are not hit by all at once, and never less than asked.
 * @param random in [0, 1)
 */
export function retryAt(policy: RetryPolicy, failed: FailedAttempt, nowMs: number, random: number): number | null {
  if (failed.number >= policy.attempts || !isRetryable(policy, failed)) return null;
  const asked = parseRetryAfter(failed.retryAfter, nowMs);
  if (asked !== null) return nowMs + Math.min(Math.round(asked * (1 + random * 0.1)), MAX_RETRY_AFTER_MS);
  const factor = policy.backoff === 'fixed' ? 1 : 2 ** (failed.number - 1);
  const delay = Math.min(policy.maxDelayMs, policy.firstDelayMs * factor);
  return nowMs + Math.round(delay * (0.8 + random * 0.4));
}

export function isRetryable(policy: RetryPolicy, failed: FailedAttempt): boolean {
  const answered = failed.status === null ? ELSEWHERE[failed.code] : undefined;
  if (answered !== undefined) return policy.on.some((on) => answered.includes(on));
  if (failed.status === null || NETWORK.has(failed.code)) {
    return NETWORK.has(failed.code) && policy.on.includes('network');
  }
  const status = String(failed.status);
  return policy.on.includes(status) || policy.on.includes(`${status[0]}xx`);
}

/** Delay that a `Retry-After` asks for (RFC 9110, 10.2.3: seconds or a date), 0 to 24 h; null for rubbish. */
export function parseRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAX_RETRY_AFTER_MS);
  const at = parseHttpDate(text, nowMs);
  return at === null ? null : Math.min(Math.max(at - nowMs, 0), MAX_RETRY_AFTER_MS);
}

const TIME = String.raw`(?<h>\d\d):(?<m>\d\d):(?<s>\d\d)`;
/** The three forms that a recipient must understand (RFC 9110, 5.6.7): of today, of RFC 850, of C's asctime. */
const HTTP_DATES = [
  String.raw`^[A-Z][a-z]{2}, (?<day>\d\d?) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) ${TIME} (?:GMT|UTC)$`,
  String.raw`^[A-Z][a-z]{5,8}, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) ${TIME} GMT$`,
  String.raw`^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) ${TIME} (?<year>\d{4})$`,
].map((form) => new RegExp(form));
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Milliseconds since the epoch; always in UTC, whatever this machine's own time zone. */
function parseHttpDate(text: string, nowMs: number): number | null {
  const found = HTTP_DATES.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  const month = MONTHS.indexOf(found?.month ?? '');
  if (!found || month < 0) return null;
  const written = Number(found.year);
  const at = (year: number) =>
    Date.UTC(year, month, Number(found.day), Number(found.h), Number(found.m), Number(found.s));
  if (found.year.length === 4) return at(written);
  // Two digits that would lie more than fifty years ahead are of the century before.
  const year = Math.floor(new Date(nowMs).getUTCFullYear() / 100) * 100 + written;
  return at(year > new Date(nowMs).getUTCFullYear() + 50 ? year - 100 : year);
}
