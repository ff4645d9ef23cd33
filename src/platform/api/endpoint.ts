import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { z } from 'zod';
import type { Access } from '../../core/role.js';

export interface Answer {
  description?: string;
  schema?: z.ZodType;
  /** Of the body; `application/json` unless said. */
  contentType?: string;
}

/** What a route says of itself: who may call it, and what the OpenAPI document shows. */
export interface EndpointOptions {
  access: Access;
  summary: string;
  description?: string;
  /** By status. Problems (4xx, 5xx) are added by the OpenAPI document itself. */
  answers: Record<number, Answer>;
  /**
   * The body's content is handed on and not looked into: any number of values may be in it. Elsewhere 100,000 are
   * refused, because a schema that reports on each of them would stop the process for seconds.
   */
  anyNumberOfValues?: true;
  /** The answer holds a secret that is shown once: it is never kept, not even for an `Idempotency-Key`. */
  answersOnce?: true;
  /** Body schema where the handler reads the body without `@Body({ schema })`. */
  body?: z.ZodType;
  /** Takes, of requests with one of these headers, a body of any other type too: its bytes are `request.bodyBytes`. */
  bytesWith?: readonly string[];
  /** The body is left unread in `request.raw`, whatever its type and length: the handler reads it, or does not. */
  rawBody?: true;
  /** Takes `multipart/form-data` of this shape, which the handler reads from the request itself (`upload.ts`). */
  upload?: z.ZodType;
}

/** Where a route's options lie in Fastify's `routeOptions.config`, read by the access hook before the body is. */
export const ENDPOINT = 'endpoint';

/** Every handler carries one; a route without it is refused to everybody (default deny). */
export const Endpoint = (options: EndpointOptions): MethodDecorator =>
  applyDecorators(RouteConfig({ [ENDPOINT]: options }));
