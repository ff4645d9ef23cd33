import { DEFAULT_RETRY, type RetryPolicy } from './definition.js';
import { isRetryable, MAX_RETRY_AFTER_MS, parseRetryAfter, retryAt, type FailedAttempt } from './retry.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const failed = (over: Partial<FailedAttempt> = {}): FailedAttempt => ({
  number: 1,
  code: 'http_5xx',
  status: 503,
  retryAfter: null,
  ...over,
});
const delay = (policy: RetryPolicy, attempt: Partial<FailedAttempt>, random = 0.5) => {
  const at = retryAt(policy, failed(attempt), NOW, random);
  return at === null ? null : at - NOW;
};

describe('retryAt', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [9, 256_000],
  ])('waits %i. time for %i ms, doubling', (number, expected) => {
    expect(delay(DEFAULT_RETRY, { number })).toBe(expected);
  });

  it('never waits longer than the policy says', () => {
    expect(delay({ ...DEFAULT_RETRY, attempts: 20 }, { number: 15 })).toBe(600_000);
  });

  it('waits as long each time when the back-off is fixed', () => {
    expect(delay({ ...DEFAULT_RETRY, backoff: 'fixed' }, { number: 5 })).toBe(1_000);
  });

  it('spreads the waits by 20 % to both sides', () => {
    expect(delay(DEFAULT_RETRY, {}, 0)).toBe(800);
    expect(delay(DEFAULT_RETRY, {}, 0.999999)).toBe(1_200);
  });

  it('gives up after the last attempt', () => {
    expect(delay(DEFAULT_RETRY, { number: 10 })).toBeNull();
    expect(delay({ ...DEFAULT_RETRY, attempts: 1 }, { number: 1 })).toBeNull();
  });

  it('waits as long as the receiver asks, never less', () => {
    expect(delay(DEFAULT_RETRY, { status: 429, code: 'http_429', retryAfter: '120' }, 0)).toBe(120_000);
    expect(delay(DEFAULT_RETRY, { status: 429, code: 'http_429', retryAfter: '120' }, 0.999999)).toBe(132_000);
  });

  it('waits for a day at most, whatever the receiver asks', () => {
    expect(delay(DEFAULT_RETRY, { retryAfter: '999999' }, 0.999999)).toBe(MAX_RETRY_AFTER_MS);
  });

  it('goes by its own policy when the receiver asks rubbish', () => {
    expect(delay(DEFAULT_RETRY, { retryAfter: 'soon' })).toBe(1_000);
  });
});

describe('isRetryable', () => {
  it.each([
    ['connect_refused', null, true],
    ['reset', null, true],
    ['total_timeout', 200, true],
    ['dns', null, true],
    ['blocked_address', null, false],
    ['mapping', null, false],
    ['limit', 200, false],
    ['http_4xx', 404, false],
    ['http_4xx', 408, true],
    ['http_4xx', 425, true],
    ['http_429', 429, true],
    ['http_5xx', 500, true],
    ['http_5xx', 599, true],
    ['redirect', 302, false],
    ['parse', 200, false],
  ] as const)('%s with status %s: %s', (code, status, expected) => {
    expect(isRetryable(DEFAULT_RETRY, failed({ code, status }))).toBe(expected);
  });

  it('leaves network failures alone when the policy does not name them', () => {
    expect(isRetryable({ ...DEFAULT_RETRY, on: ['5xx'] }, failed({ code: 'reset', status: null }))).toBe(false);
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    [' 30 ', 30_000],
    ['Sun, 22 Nov 2026 12:01:00 GMT', 60_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    ['Sunday, 22-Nov-26 12:01:00 GMT', 60_000],
    ['Sunday, 22-Nov-98 12:01:00 GMT', 0],
    ['Sun Nov 22 12:01:00 2026', 60_000],
    ['Sun Nov  1 12:01:00 2026', 0],
    ['999999999', MAX_RETRY_AFTER_MS],
    ['99999999999', MAX_RETRY_AFTER_MS],
    ['Sun, 22 Nov 2099 12:01:00 GMT', MAX_RETRY_AFTER_MS],
    ['-1', null],
    ['1.5', null],
    ['1e3', null],
    ['', null],
    ['2026-11-22', null],
    ['tomorrow', null],
    ['Try again in 5', null],
    ['Mon 12', null],
    ['Sun, 5', null],
    ['Sun, 22 Nox 2026 12:01:00 GMT', null],
  ])('of %j is %s', (value, expected) => {
    expect(parseRetryAfter(value, NOW)).toBe(expected);
  });

  it('is null without the header', () => {
    expect(parseRetryAfter(null, NOW)).toBeNull();
  });
});
