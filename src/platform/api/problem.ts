import { HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { type ErrorKind, type Fault, HooklineError } from '../../core/errors.js';
import { newUuid } from '../../core/id.js';
import { isUnavailable } from '../database/database.js';
import type { Logger } from '../logging/logger.js';

/** The one table from what went wrong to an HTTP status. */
const STATUS: Record<ErrorKind, number> = {
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale: 412,
  too_large: 413,
  media_type: 415,
  invalid: 422,
  rate_limited: 429,
  unavailable: 503,
};

/** `code` of a fault that Fastify or Nest found, by status. */
const CODE_OF_STATUS: Record<number, string> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  408: 'request_timeout',
  413: 'too_large',
  414: 'url_too_long',
  415: 'unsupported_media_type',
  431: 'headers_too_large',
  503: 'unavailable',
};

/** Faults listed in one answer; a hostile body could have a million. */
const MAX_FAULTS = 100;

/** RFC 9457, with our own members `code` and `errors`. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable; programs decide by it.' }),
    errors: z.array(
      z.object({
        path: z.string().meta({ description: 'JSON pointer (RFC 6901) into the request.' }),
        code: z.string(),
        message: z.string(),
      }),
    ),
    instance: z.string().optional().meta({ description: 'Of an internal error: the name the log knows it by.' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

export function problemOf(status: number, code: string, detail: string, errors: Fault[] = []): Problem {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail, code, errors: errors.slice(0, MAX_FAULTS) };
}

/** The problem an error stands for, or null where it is a fault of ours. */
export function toProblem(error: unknown): Problem | null {
  if (error instanceof HooklineError) {
    return problemOf(STATUS[error.kind], error.code, error.message, error.faults);
  }
  if (isUnavailable(error)) {
    return problemOf(503, 'unavailable', 'The database cannot be reached just now. Try again in a moment.');
  }
  if (isUnstorable(error)) {
    return problemOf(422, 'unstorable_text', 'A text holds a character that cannot be stored (U+0000). Remove it.');
  }
  const status = httpStatusOf(error);
  if (status === null || (status >= 500 && status !== 503)) return null;
  return problemOf(status, CODE_OF_STATUS[status] ?? 'bad_request', detailOf(status, error));
}

/** Sends any error as a problem; what is ours to mend is logged under a name and says nothing to the caller. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const problem = toProblem(error) ?? internal(error, request, logger);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="hookline"');
  if (problem.status === 429 || problem.status === 503) reply.header('retry-after', retryAfterSeconds(error));
  // Bytes, because Fastify adds a charset to the type of a text, and RFC 9457 has none.
  const body = Buffer.from(JSON.stringify(problem));
  reply.code(problem.status).header('content-type', 'application/problem+json').send(body);
}

function internal(error: unknown, request: FastifyRequest, logger: Logger): Problem {
  const instance = `urn:uuid:${newUuid()}`;
  const { name, message, stack, code } = (error ?? {}) as { [key: string]: unknown };
  const route = request.routeOptions?.url;
  logger.error({ instance, method: request.method, route, error: { name, message, code, stack } }, 'request.failed');
  const detail = 'Something went wrong inside Hookline. Its log says more, under the name given in "instance".';
  return { ...problemOf(500, 'internal', detail), instance };
}

function retryAfterSeconds(error: unknown): number {
  const ms = error instanceof HooklineError ? error.retryAfterMs : undefined;
  return Math.max(1, Math.ceil((ms ?? 1_000) / 1_000));
}

function httpStatusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return error instanceof Error && typeof status === 'number' && status >= 400 && status < 600 ? status : null;
}

function detailOf(status: number, error: unknown): string {
  if (status === 413) return 'The request is larger than 16 MiB. Send less at once.';
  if (status === 415) return 'This content type is not understood. Send JSON, with "Content-Type: application/json".';
  return (error as Error).message;
}

/** SQLSTATE 22021, 22P05: text with U+0000, which PostgreSQL cannot hold. Schemas refuse it first, with its path. */
function isUnstorable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '22021' || code === '22P05';
}
