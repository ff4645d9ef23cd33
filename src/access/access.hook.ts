import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HooklineError } from '../core/errors.js';
import { mayCall } from '../core/role.js';
import type { Caller } from '../platform/api/caller.js';
import { ENDPOINT, type EndpointOptions } from '../platform/api/endpoint.js';
import { Config } from '../platform/config/config.js';
import { siteOf } from './cross-site.js';
import { KnownCallers } from './known-callers.js';
import { Sessions } from './sessions.service.js';

/** Whoever is not signed in does not learn which paths exist here. */
const CLOSED = /^\/(?:api|v4|v5|app)(?:[/?]|$)/;
/** Clients of these paths know only HTTP Basic: any user name, and an API key as the password. */
const BASIC_TOO = /^\/app\//;
const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

type Done = (error?: Error) => void;

/**
 * The one gate: runs before a request's body is read, for every route. What a route allows is written beside it
 * (`@Endpoint`); a route that says nothing is closed to everybody.
 */
@Injectable()
export class AccessHook implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly config: Config,
    private readonly known: KnownCallers,
    private readonly sessions: Sessions,
  ) {}

  onModuleInit(): void {
    // No HTTP server: a process that only uses the services.
    if (!this.host?.httpAdapter) return;
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.decorateRequest('caller');
    server.addHook('onRequest', (request, reply, done) => this.judge(request, reply, done));
  }

  private judge(request: FastifyRequest, _reply: FastifyReply, done: Done): void {
    const endpoint = (request.routeOptions.config as { [ENDPOINT]?: EndpointOptions } | undefined)?.[ENDPOINT];
    if (endpoint?.access === 'anonymous') return done();
    if (endpoint === undefined && request.is404 && !CLOSED.test(request.url)) return done();
    const caller = this.callerOf(request);
    if (caller instanceof Promise) {
      caller.then((found) => done(this.refusal(request, endpoint, found)), done);
    } else {
      done(this.refusal(request, endpoint, caller));
    }
  }

  /** Whether who sent this request may still read its answer: for answers that go on for hours. */
  async stillMay(request: FastifyRequest): Promise<boolean> {
    const endpoint = (request.routeOptions.config as { [ENDPOINT]?: EndpointOptions })[ENDPOINT];
    const caller = await this.callerOf(request);
    return caller !== null && endpoint !== undefined && mayCall(caller.role, endpoint.access);
  }

  /** A key in a header wins over the cookie; a bad one is not made up for by a good cookie. */
  private callerOf(request: FastifyRequest): Caller | null | Promise<Caller | null> {
    const { authorization, cookie, 'x-api-key': apiKey } = request.headers;
    if (authorization !== undefined) {
      if (authorization.slice(0, 7).toLowerCase() === 'bearer ') return this.known.ofKey(authorization.slice(7).trim());
      const password = BASIC_TOO.test(request.url) ? basicPasswordOf(authorization) : null;
      return password === null ? null : this.known.ofKey(password);
    }
    if (apiKey !== undefined) return this.known.ofKey(String(apiKey));
    const token = this.sessions.tokenIn(cookie);
    return token === null ? null : this.known.ofToken(token);
  }

  private refusal(
    request: FastifyRequest,
    endpoint: EndpointOptions | undefined,
    caller: Caller | null,
  ): HooklineError | undefined {
    if (caller === null) {
      return new HooklineError(
        'unauthorized',
        'unauthorized',
        'Sign in, or send a valid API key: "Authorization: Bearer hl_…".',
      );
    }
    if (
      caller.kind === 'session' &&
      UNSAFE.has(request.method) &&
      siteOf(request.headers, this.config.publicUrl) !== 'own'
    ) {
      return new HooklineError('forbidden', 'csrf', 'A request with the cookie must come from the builder itself.');
    }
    request.caller = caller;
    if (endpoint === undefined) {
      if (request.is404) return undefined;
      return new HooklineError('forbidden', 'no_access_rule', 'This route does not say who may call it.');
    }
    if (mayCall(caller.role, endpoint.access)) return undefined;
    const need = endpoint.access === 'sender' ? 'sender, developer or administrator' : `${endpoint.access} or above`;
    return new HooklineError('forbidden', 'forbidden', `Your role is ${caller.role}; this needs ${need}.`);
  }
}

/** RFC 7617: the user name ends at the first colon. */
function basicPasswordOf(authorization: string): string | null {
  const credentials = /^basic +([\w+/=]+)$/i.exec(authorization)?.[1];
  if (credentials === undefined) return null;
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  return text.includes(':') ? text.slice(text.indexOf(':') + 1) : null;
}
