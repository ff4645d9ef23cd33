import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role } from '../../core/role.js';

/** Who sent a request, as `access` found out. */
export interface Caller {
  kind: 'api-key' | 'session';
  /** `key_…`, or `environment` for the key of HOOKLINE_ADMIN_API_KEY. */
  id: string;
  name: string;
  role: Role;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access hook; absent on anonymous routes. */
    caller?: Caller;
    /** A JSON request's body as it was received, kept for what must not lose a digit. */
    bodyText?: string;
    /** A body that is no JSON, on a route that takes it. */
    bodyBytes?: Buffer;
  }
}

/** The signed-in caller, as a parameter of a handler. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<{ caller?: Caller }>();
  if (!caller) throw new Error('This route is open to anonymous callers: it has no caller.');
  return caller;
});
