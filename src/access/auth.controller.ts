import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HooklineError, invalid } from '../core/errors.js';
import { ROLES } from '../core/role.js';
import { type Caller, CallerOf } from '../platform/api/caller.js';
import { Endpoint } from '../platform/api/endpoint.js';
import { Config } from '../platform/config/config.js';
import { AttemptLimit } from './attempt-limit.js';
import { siteOf } from './cross-site.js';
import { KnownCallers } from './known-callers.js';
import { Sessions } from './sessions.service.js';

const FAILURES_PER_MINUTE = 20;

const signInSchema = z
  .strictObject({
    key: z.string().max(200).optional(),
    email: z.string().max(320).optional(),
    password: z.string().max(1_000).optional(),
  })
  .meta({ id: 'SignIn' });

const callerSchema = z
  .object({ kind: z.enum(['api-key', 'session']), id: z.string(), name: z.string(), role: z.enum(ROLES) })
  .meta({ id: 'Caller' });

@Controller('api/v1/auth')
export class AuthController {
  private readonly limit = new AttemptLimit(FAILURES_PER_MINUTE, 60_000);

  constructor(
    private readonly config: Config,
    private readonly known: KnownCallers,
    private readonly sessions: Sessions,
  ) {}

  @Post('sign-in')
  @HttpCode(204)
  @Endpoint({
    access: 'anonymous',
    summary: 'Sign in with an API key',
    description: 'Sets the cookie of a session that ends with the key, after 12 hours unused, or after 7 days.',
    answers: { 204: { description: 'Signed in' } },
  })
  async signIn(
    @Body({ schema: signInSchema }) wish: z.infer<typeof signInSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (siteOf(request.headers, this.config.publicUrl) === 'other') {
      throw new HooklineError('forbidden', 'csrf', 'Signing in must come from the builder itself.');
    }
    const caller = await this.callerOf(keyOf(wish), request.ip);
    await this.sessions.end(request.headers.cookie);
    reply.header('set-cookie', await this.sessions.begin(caller));
  }

  @Post('sign-out')
  @HttpCode(204)
  @Endpoint({ access: 'signed-in', summary: 'End the session', answers: { 204: { description: 'Signed out' } } })
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    reply.header('set-cookie', await this.sessions.end(request.headers.cookie));
    this.known.forget();
  }

  @Get('me')
  @Endpoint({ access: 'signed-in', summary: 'Who am I?', answers: { 200: { schema: callerSchema } } })
  me(@CallerOf() { kind, id, name, role }: Caller): z.infer<typeof callerSchema> {
    return { kind, id, name, role };
  }

  private async callerOf(key: string, address: string): Promise<Caller> {
    const retryAfterMs = this.limit.waitMs(address, Date.now());
    if (retryAfterMs > 0) {
      throw new HooklineError('rate_limited', 'too_many_attempts', 'Too many failed sign-ins. Wait a moment.', {
        retryAfterMs,
      });
    }
    const caller = await this.known.ofKey(key.trim());
    if (caller === null) {
      this.limit.failed(address, Date.now());
      throw new HooklineError('unauthorized', 'unauthorized', 'This key is unknown, expired or revoked.');
    }
    if (caller.role === 'sender') {
      throw new HooklineError(
        'forbidden',
        'sender_key',
        'A sender key can only push events. Sign in with another key.',
      );
    }
    return caller;
  }
}

/** Signing in with e-mail and password comes with users; until then it is refused in words. */
function keyOf({ key, email, password }: z.infer<typeof signInSchema>): string {
  if (key !== undefined && email === undefined && password === undefined) return key;
  if (key !== undefined) {
    throw invalid('invalid_request', [
      { path: '/email', code: 'invalid', message: 'Give either "key" or "email", not both.' },
    ]);
  }
  if (email === undefined)
    throw invalid('invalid_request', [{ path: '/key', code: 'required', message: 'Missing: give an API key.' }]);
  const message = 'Signing in with e-mail and password is not possible here. Give an API key as "key".';
  throw invalid('password_sign_in_unavailable', [{ path: '/email', code: 'unavailable', message }]);
}
