import { Injectable } from '@nestjs/common';
import { parseId } from '../core/id.js';
import type { Caller } from '../platform/api/caller.js';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { KEYS_CHANNEL } from './api-keys.service.js';
import { bytesOf, hashOfToken, newToken } from './secrets.js';

export const IDLE_MS = 12 * 3_600_000;
export const WHOLE_MS = 7 * 24 * 3_600_000;

/** Begins and ends the sessions of the builder. */
@Injectable()
export class Sessions {
  /** `__Host-` makes a browser refuse the cookie from any other host or path; it needs https. */
  readonly cookieName: string;
  private readonly attributes: string;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
  ) {
    const secure = config.publicUrl.startsWith('https:');
    this.cookieName = secure ? '__Host-hookline' : 'hookline';
    this.attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  }

  /** A session of its own for every sign-in. The answer is the `Set-Cookie` header. */
  async begin(key: Caller): Promise<string> {
    const keyId = parseId('key', key.id);
    const token = newToken(keyId === null);
    await this.database.source.query(
      `delete from sessions where expires_at < now() or seen_at < now() - $1 * interval '1 ms'`,
      [IDLE_MS],
    );
    await this.database.source.query(
      `insert into sessions (hash, api_key_id, name, role, expires_at)
       values ($1, $2, $3, $4, now() + $5 * interval '1 ms')`,
      [this.stored(token), keyId, key.name, key.role, WHOLE_MS],
    );
    return `${this.cookieName}=${token}; Max-Age=${WHOLE_MS / 1_000}; ${this.attributes}`;
  }

  /** Ends the session of a request, if it has one, in every process. The answer is the `Set-Cookie` header. */
  async end(cookies: string | undefined): Promise<string> {
    const token = this.tokenIn(cookies);
    const hash = token === null ? null : this.stored(token);
    if (hash !== null) {
      await this.database.source.query(
        `with ended as (delete from sessions where hash = $1 returning 1) select pg_notify($2, '') from ended`,
        [hash, KEYS_CHANNEL],
      );
    }
    return `${this.cookieName}=; Max-Age=0; ${this.attributes}`;
  }

  private stored(token: string): Buffer | null {
    const hash = hashOfToken(token, this.config.adminApiKey);
    return hash === null ? null : bytesOf(hash);
  }

  /** The session's token in a `Cookie` header (RFC 6265, 4.2.1). */
  tokenIn(cookies: string | undefined): string | null {
    if (cookies === undefined) return null;
    for (const pair of cookies.split(';')) {
      const [name, value] = pair.trim().split('=', 2);
      if (name === this.cookieName && value !== undefined) return value;
    }
    return null;
  }
}
