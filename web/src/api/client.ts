import createClient from 'openapi-fetch';
import { ApiError, unreachable } from './api-error.js';
import type { paths, Problem } from './types.js';

/** The one place that fetches. Same origin, so the browser sends the session cookie and the server can tell. */
export const client = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });

interface Result<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Turns an answer into its data, and every failure into one ApiError. */
export async function unwrap<T>(call: Promise<Result<T>>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw isAbort(cause) ? cause : unreachable(cause);
  });
  if (response.ok) return data as T;
  throw new ApiError(response.status, isProblem(error) ? error : {});
}

const isAbort = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'AbortError';
const isProblem = (value: unknown): value is Problem => typeof value === 'object' && value !== null;
