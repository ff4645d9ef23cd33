import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { formatId } from '../../core/id.js';
import type { RunError } from '../../core/run.js';
import { isUnavailable } from '../../platform/database/database.js';
import { Logger } from '../../platform/logging/logger.js';
import { OAuthClient } from '../../platform/oauth/oauth.client.js';
import type { Grant } from '../../platform/oauth/provider.js';
import type { TokenOutcome } from '../../platform/oauth/token-response.js';
import { refreshDelayMs, tokenMove } from './token-state.js';
import { TokenStore, type OpenTokens } from './token-store.js';

export type TokenLookup =
  /** `untilMs`: it may be kept until then; milliseconds since the epoch. */
  | { kind: 'ready'; accessToken: string; version: number; untilMs: number }
  | { kind: 'waiting'; error: RunError; untilMs: number | null }
  | { kind: 'gone' };

/** How often it is looked whether another process has ended its refresh. */
const LOOK_AGAIN_MS = 100;
/** Longer than any lease: after that the run waits in the database instead. */
const PATIENCE_MS = 40_000;
const WRITE_DELAYS_MS = [50, 200, 1_000, 5_000];
/** How long it is tried to store tokens that the provider gives only once. */
const MAX_WRITE_TRIES = 60;

/**
 * Access tokens that work. They are renewed 60 s before they end or after a 401, by one process at a time: a lease in
 * the database says which. No database connection is held while the provider is asked, and what it gave is stored
 * before anybody uses it.
 */
@Injectable()
export class OAuthTokens {
  constructor(
    private readonly store: TokenStore,
    private readonly oauth: OAuthClient,
    private readonly logger: Logger,
  ) {}

  /** Renews where it must first. Throws `SealError`, and where the database is away. Callers share one look-up. */
  async of(id: string): Promise<TokenLookup> {
    const giveUpAt = Date.now() + PATIENCE_MS;
    for (;;) {
      const held = await this.store.find(id);
      if (held === null) return { kind: 'gone' };
      const move = tokenMove(held, Date.now());
      if (move.kind === 'use') {
        return { kind: 'ready', accessToken: held.accessToken!, version: held.version, untilMs: move.untilMs };
      }
      if (move.kind === 'wait') return { kind: 'waiting', error: move.error, untilMs: move.untilMs };
      if (await this.renew(id, held)) continue;
      if (Date.now() > giveUpAt) return { kind: 'waiting', error: SLOW, untilMs: Date.now() + LOOK_AGAIN_MS };
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Whether a call that was answered 401 is worth another try: once, with a token that is newer than this version. */
  refuse(id: string, version: number): Promise<boolean> {
    return this.store.refuse(id, version);
  }

  /** False: somebody else is at it. */
  private async renew(id: string, held: OpenTokens): Promise<boolean> {
    const lease = await this.store.lease(id, held.version);
    if (lease === null) return false;
    const outcome = await this.oauth.requestTokens(held.auth, grantOf(held), held.transport);
    await insist(() => this.keep(id, held, lease, outcome));
    return true;
  }

  private async keep(id: string, held: OpenTokens, lease: string, outcome: TokenOutcome): Promise<void> {
    const connection = formatId('con', id);
    const { version, auth } = held;
    if (outcome.kind === 'tokens') {
      const stored = await this.store.renewed(id, version, auth.type, outcome.tokens);
      const { rotated } = outcome.tokens;
      if (stored) this.logger.info({ connection, rotated }, 'connection.refreshed');
      else this.logger.warn({ connection }, 'connection.refresh_came_too_late');
      return;
    }
    const { error } = outcome;
    const retryDelayMs =
      outcome.kind === 'reconnect'
        ? null
        : refreshDelayMs(outcome.kind, held.failures + 1, outcome.kind === 'retry' ? outcome.retryAfterMs : null);
    const status = outcome.kind === 'retry' ? null : 'reconnect';
    await this.store.failed(id, lease, { version, error, status, retryDelayMs });
    this.logger.warn({ connection, code: error.code, status, retryDelayMs }, 'connection.refresh_failed');
  }
}

const SLOW: RunError = { code: 'auth', message: 'The sign-in is being renewed by another process.' };

const grantOf = ({ auth, refreshToken }: OpenTokens): Grant =>
  auth.type === 'oauth2-client-credentials'
    ? { type: 'client_credentials' }
    : { type: 'refresh_token', refreshToken: refreshToken ?? '' };

/** A rotated refresh token that is not stored is a sign-in lost. */
async function insist(write: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!isUnavailable(error) || attempt >= MAX_WRITE_TRIES) throw error;
      await sleep(WRITE_DELAYS_MS[Math.min(attempt, WRITE_DELAYS_MS.length - 1)]);
    }
  }
}
