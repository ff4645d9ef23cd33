/** States of a run, a step and an attempt, chosen once. The numbers are what the database stores: never renumber. */
export const RUN_STATES = ['held', 'queued', 'running', 'waiting', 'succeeded', 'failed', 'canceled'] as const;
export type RunStatus = (typeof RUN_STATES)[number];

export const RunState = { held: 0, queued: 1, running: 2, waiting: 3, succeeded: 4, failed: 5, canceled: 6 } as const;

/** Every state from here on is final: a run in it never changes again (a database trigger says so too). */
export const FIRST_TERMINAL_STATE = RunState.succeeded;

export type StepStatus = 'pending' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'skipped';

export const ATTEMPT_STATES = ['', 'started', 'succeeded', 'failed', 'unknown'] as const;
export type AttemptStatus = 'started' | 'succeeded' | 'failed' | 'unknown';
export const AttemptState = { started: 1, succeeded: 2, failed: 3, unknown: 4 } as const;

/** Why an attempt failed: the stable codes of the API. */
export const ERROR_CODES = [
  'dns',
  'connect_refused',
  'connect_timeout',
  'tls',
  'reset',
  'first_byte_timeout',
  'total_timeout',
  'redirect',
  'blocked_address',
  'http_4xx',
  'http_429',
  'http_5xx',
  'parse',
  'mapping',
  'auth',
  'limit',
  'loop',
  'canceled',
] as const;
export type RunErrorCode = (typeof ERROR_CODES)[number];

export interface RunError {
  code: RunErrorCode;
  message: string;
}

/** A run whose step was in flight in this many processes that died is set aside: it may be what kills them. */
export const MAX_UNKNOWN_ATTEMPTS = 3;

/** A chain of calls that come back to this engine stops here, so that loops end. */
export const MAX_DEPTH = 10;
