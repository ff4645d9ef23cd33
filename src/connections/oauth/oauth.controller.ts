import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Caller, CallerOf } from '../../platform/api/caller.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { idOf } from '../../platform/api/id-schema.js';
import { Config } from '../../platform/config/config.js';
import { callbackUrl } from '../../platform/oauth/provider.js';
import { newNonce, setPageHeaders } from '../../platform/api/security-headers.js';
import { Authorizations } from './authorizations.service.js';
import { callbackPage, callbackPolicy } from './callback-page.js';
import { authorizationSchema, callbackUrlSchema } from './oauth.schema.js';

@Controller()
export class OAuthController {
  constructor(
    private readonly authorizations: Authorizations,
    private readonly config: Config,
  ) {}

  /** Needed before there is any connection: a provider asks for it before it gives a client ID. */
  @Get('api/v1/oauth/callback-url')
  @Endpoint({
    access: 'viewer',
    summary: 'The callback URL of every OAuth connection',
    answers: { 200: { schema: callbackUrlSchema } },
  })
  callbackUrl(): { callbackUrl: string } {
    return { callbackUrl: callbackUrl(this.config.publicUrl) };
  }

  @Post('api/v1/connections/:id/authorize')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Begin to sign in with an OAuth connection',
    description:
      'Open the address in a browser. The sign-in ends at `/oauth/callback`, once, within 10 minutes, in the session that began it.',
    answersOnce: true,
    answers: { 200: { schema: authorizationSchema } },
  })
  begin(
    @Param('id', { schema: idOf('con') }) id: string,
    @CallerOf() caller: Caller,
    @Req() request: FastifyRequest,
  ): Promise<{ authorizationUrl: string }> {
    return this.authorizations.begin(id, caller, request);
  }

  /** Always a page: whoever looks at it is a person on the way back from a provider. */
  @Get('oauth/callback')
  @Endpoint({
    access: 'anonymous',
    summary: 'Where a sign-in at an OAuth provider ends',
    answers: {
      200: { schema: z.string(), contentType: 'text/html' },
      400: { schema: z.string(), contentType: 'text/html' },
    },
  })
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [, query = ''] = /^[^?]*\?(.*)$/s.exec(request.url) ?? [];
    // A HEAD looks, and uses nothing up.
    const parameters = new URLSearchParams(request.method === 'GET' ? query : '');
    const end = await this.authorizations.end(parameters, request);
    const nonce = newNonce();
    // Any other opener policy would cut the tie to the window that waits for this page.
    setPageHeaders(reply, '')
      .header('content-security-policy', callbackPolicy(nonce))
      .header('cross-origin-opener-policy', 'unsafe-none')
      .code(end.kind === 'connected' ? 200 : 400)
      .send(callbackPage(end, nonce));
  }
}
