import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { parseId } from '../core/id.js';
import type { Caller } from '../platform/api/caller.js';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { KnownCallers } from './known-callers.js';
import { Sessions } from './sessions.service.js';

/**
 * Ties a later, anonymous request to whoever began something: a browser that leaves for another site comes back with
 * its session only. A binding may be stored: it opens nothing.
 */
@Injectable()
export class CallerBindings {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly known: KnownCallers,
    private readonly sessions: Sessions,
  ) {}

  /** Of a session where the caller has one, otherwise of the key. */
  of(caller: Caller, request: FastifyRequest): string {
    const token = caller.kind === 'session' ? this.sessions.tokenIn(request.headers.cookie) : null;
    return token === null ? `key:${caller.id}` : sessionBinding(token);
  }

  /**
   * Whether this request comes from where the binding was made. What was begun with a session ends in that session,
   * while it lives. A key's owner may open the address in any browser, as long as the key works and nobody else is
   * signed in there.
   */
  async holds(binding: string, request: FastifyRequest): Promise<boolean> {
    const token = this.sessions.tokenIn(request.headers.cookie);
    const visitor = token === null ? null : await this.known.ofToken(token);
    if (!binding.startsWith('key:')) return visitor !== null && binding === sessionBinding(token!);
    const keyId = binding.slice('key:'.length);
    return (visitor === null || visitor.id === keyId) && this.keyWorks(keyId);
  }

  private async keyWorks(keyId: string): Promise<boolean> {
    if (keyId === 'environment') return this.config.adminApiKey !== null;
    const rows = await this.database.source.query<unknown[]>(
      `select from api_keys where id = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
      [parseId('key', keyId)],
    );
    return rows.length === 1;
  }
}

const sessionBinding = (token: string): string => `session:${createHash('sha256').update(token).digest('base64url')}`;
