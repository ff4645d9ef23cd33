/** What went wrong, as the caller must treat it. `platform/api` maps each kind to one HTTP status. */
export type ErrorKind =
  | 'malformed'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'stale'
  | 'too_large'
  | 'media_type'
  | 'invalid'
  | 'rate_limited'
  | 'unavailable';

/** One fault in the caller's input. `path` is a JSON pointer (RFC 6901) into the request. */
export interface Fault {
  path: string;
  code: string;
  message: string;
}

export interface HooklineErrorOptions {
  faults?: Fault[];
  /** How long the caller should wait before trying again, in milliseconds. */
  retryAfterMs?: number;
  cause?: unknown;
}

/**
 * The one error that services throw at their callers. `code` is a stable, public string; the message names the thing
 * and the next move, and never carries a secret.
 */
export class HooklineError extends Error {
  readonly faults: Fault[];
  readonly retryAfterMs?: number;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    options: HooklineErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HooklineError';
    this.faults = options.faults ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }
}

export const notFound = (what: string, id: string): HooklineError =>
  new HooklineError('not_found', 'not_found', `There is no ${what} ${JSON.stringify(id)}, or you may not see it.`);

/** A 422 that names every fault; `faults` must not be empty. */
export const invalid = (code: string, faults: Fault[]): HooklineError =>
  new HooklineError(
    'invalid',
    code,
    faults.length === 1 ? faults[0].message : `${faults.length} things are not right; the first: ${faults[0].message}`,
    { faults },
  );

/** Appends one key to a JSON pointer (RFC 6901, section 3). */
export const pointer = (keys: readonly (string | number)[]): string =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
