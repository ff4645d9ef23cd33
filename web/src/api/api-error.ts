import type { Fault, Problem } from './types.js';

/** A refused or failed call. `status` is 0 when no answer came at all. */
export class ApiError extends Error {
  readonly code: string;
  readonly faults: Fault[];

  constructor(
    readonly status: number,
    problem: Problem,
  ) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
    this.name = 'ApiError';
    this.code = problem.code ?? '';
    this.faults = problem.errors ?? [];
  }
}

export const unreachable = (cause: unknown): ApiError => {
  const error = new ApiError(0, { detail: 'Hookline does not answer. Check that it is running.' });
  error.cause = cause;
  return error;
};

export const statusOf = (error: unknown): number | undefined => (error instanceof ApiError ? error.status : undefined);

/** What to tell the reader: the first fault is more exact than the summary above it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong in this page. Load it again.';
  const [first, ...rest] = error.faults;
  if (!first) return error.message;
  return rest.length === 0 ? first.message : `${first.message} (and ${rest.length} more)`;
}
