import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CallerBindings } from '../../access/caller-bindings.js';
import { HooklineError, notFound } from '../../core/errors.js';
import { formatId } from '../../core/id.js';
import type { RunError } from '../../core/run.js';
import type { Caller } from '../../platform/api/caller.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { Logger } from '../../platform/logging/logger.js';
import {
  authorizationRequest,
  flowKey,
  processAuthorizationResponse,
  type AuthorizationFlow,
} from '../../platform/oauth/authorization.js';
import type { Transport } from '../../platform/http/transport.js';
import { OAuthClient } from '../../platform/oauth/oauth.client.js';
import { SealError } from '../../platform/secrets/key-ring.js';
import type { KnownPlace } from '../../platform/secrets/sealed-columns.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { Connection } from '../connection.entity.js';
import type { OAuthAuth, PublicAuth } from '../connection-auth.js';
import { unreadable } from '../unreadable.js';
import { TokenStore } from './token-store.js';

/** How a sign-in ended, as the page says it. */
export type SignInEnd = { connectionId: string | null; name: string | null } & (
  { kind: 'connected' } | { kind: 'denied' | 'failed'; message: string }
);

/** What a sign-in is judged by when it comes back; sealed where it waits. */
interface Dance {
  flow: AuthorizationFlow;
  /** A registration that was changed meanwhile is not the one that the person has agreed to. */
  registration: string;
}

const LIFE_MINUTES = 10;
/** Of one connection; the oldest goes first. */
const MAX_OPEN = 20;
/** Our own part of a state, as `authorizationRequest` makes it. */
const OWN_STATE = /^[\w-]{43}(\.|$)/;

/** The dance of the authorization code flow (RFC 6749 4.1), kept in the database: it may end in another process. */
@Injectable()
export class Authorizations {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly oauth: OAuthClient,
    private readonly tokens: TokenStore,
    private readonly bindings: CallerBindings,
    private readonly logger: Logger,
  ) {}

  /** The address at which the person signs in. Throws where the connection has no such sign-in. */
  async begin(id: string, caller: Caller, request: FastifyRequest): Promise<{ authorizationUrl: string }> {
    const { auth, transport } = await this.openOf(id);
    const { url, flow } = await authorizationRequest(auth, {
      publicUrl: this.config.publicUrl,
      userState: auth.state,
      issuer: await this.oauth.findIssuer(auth.authorizationUrl, transport),
    });
    const key = flowKey(flow.state);
    const dance: Dance = { flow, registration: registrationOf(auth) };
    const sealed = await this.secrets.seal(JSON.stringify(dance), placeOf(key));
    await this.database.source.transaction(async (tx) => {
      await tx.query(
        `delete from oauth_flows where expires_at < now() or key in (
           select key from oauth_flows where connection_id = $1 order by expires_at desc offset ${MAX_OPEN - 1})`,
        [id],
      );
      await tx.query(
        `insert into oauth_flows (key, connection_id, bound_to, sealed, expires_at)
         values ($1, $2, $3, $4, now() + interval '${LIFE_MINUTES} minutes')`,
        [key, id, this.bindings.of(caller, request), sealed],
      );
    });
    this.logger.info({ connection: formatId('con', id), by: caller.id }, 'connection.sign_in_begun');
    return { authorizationUrl: url };
  }

  /** Judges what a browser brought back, and stores the tokens. Whoever comes with a state uses it up. */
  async end(parameters: URLSearchParams, request: FastifyRequest): Promise<SignInEnd> {
    const state = parameters.get('state') ?? '';
    const found = OWN_STATE.test(state) ? await this.take(flowKey(state)) : null;
    if (found === null) return UNKNOWN;
    const end = await this.judge(found, parameters, request);
    const log = { connection: formatId('con', found.id), outcome: end.kind };
    if (end.kind === 'connected') this.logger.info(log, 'connection.sign_in_ended');
    else this.logger.warn(log, 'connection.sign_in_ended');
    return end;
  }

  private async judge(found: FoundFlow, parameters: URLSearchParams, request: FastifyRequest): Promise<SignInEnd> {
    const { id, name, dance } = found;
    const connectionId = formatId('con', id);
    const end = (kind: 'denied' | 'failed', message: string): SignInEnd => ({ connectionId, name, kind, message });
    if (found.isOver) return end('failed', `It took longer than ${LIFE_MINUTES} minutes. ${AGAIN}`);
    // Nothing is told to somebody else, and nothing is written on their account.
    if (!(await this.bindings.holds(found.boundTo, request))) return STRANGER;
    const outcome = processAuthorizationResponse(dance.flow, parameters);
    const fail = async (kind: 'denied' | 'failed', error: RunError): Promise<SignInEnd> => {
      await this.tokens.signInFailed(id, error);
      return end(kind, error.message);
    };
    if (outcome.kind !== 'code') return fail(outcome.kind, { code: 'auth', message: outcome.message });
    const open = await this.openOf(id).catch(changed);
    if (open === null || registrationOf(open.auth) !== dance.registration) {
      return fail('failed', { code: 'auth', message: `The connection was changed meanwhile. ${AGAIN}` });
    }
    const { codeVerifier, redirectUri } = dance.flow;
    const grant = { type: 'authorization_code', code: outcome.code, codeVerifier, redirectUri } as const;
    const { auth, transport } = open;
    const answer = await this.oauth.requestTokens(auth, grant, transport);
    if (answer.kind !== 'tokens') return fail('failed', answer.error);
    await this.database.source.transaction(async (tx) => {
      const row = await tx.findOne(Connection, { where: { id }, lock: { mode: 'pessimistic_read' } });
      if (row) await this.tokens.put(tx, id, auth.type, answer.tokens);
    });
    return { connectionId, name, kind: 'connected' };
  }

  private async take(key: string): Promise<FoundFlow | null> {
    const [rows] = await this.database.source.query<[FlowRow[], number]>(
      `delete from oauth_flows f using connections c where f.key = $1 and c.id = f.connection_id
       returning c.id, c.name, f.bound_to, f.sealed, f.expires_at < now() as is_over`,
      [key],
    );
    if (rows.length === 0) return null;
    const [{ id, name, bound_to: boundTo, sealed, is_over: isOver }] = rows;
    const text = await this.secrets.open(sealed, placeOf(key)).catch(lost);
    return text === null ? null : { id, name, boundTo, isOver, dance: JSON.parse(text) as Dance };
  }

  private async openOf(
    id: string,
  ): Promise<{ auth: Extract<OAuthAuth, { type: 'oauth2' }>; transport: Transport | undefined }> {
    const row = await this.database.source.manager.findOneBy(Connection, { id });
    if (!row) throw notFound('connection', formatId('con', id));
    const { type } = JSON.parse(row.auth) as PublicAuth;
    const held = type === 'oauth2' ? await this.tokens.find(id).catch(unreadable) : null;
    if (held?.auth.type === 'oauth2') return { auth: held.auth, transport: held.transport };
    throw new HooklineError(
      'conflict',
      'no_sign_in',
      `Nobody signs in with a connection of type "${type}": it is used as it is.`,
    );
  }
}

interface FlowRow {
  id: string;
  name: string;
  bound_to: string;
  sealed: string;
  is_over: boolean;
}

interface FoundFlow {
  id: string;
  name: string;
  boundTo: string;
  isOver: boolean;
  dance: Dance;
}

const AGAIN = 'Begin it again from the connection.';
const UNKNOWN: SignInEnd = {
  connectionId: null,
  name: null,
  kind: 'failed',
  message: `This sign-in is not known here: it was used before, is older than ${LIFE_MINUTES} minutes, or was never begun. ${AGAIN}`,
};
const STRANGER: SignInEnd = {
  connectionId: null,
  name: null,
  kind: 'failed',
  message: `This sign-in was begun by somebody else, or in another browser. ${AGAIN}`,
};

const placeOf = (key: string): KnownPlace => ({ table: 'oauth_flows', id: key, column: 'sealed' });

/** A connection that cannot be signed in to any more. */
function changed(error: unknown): null {
  if (error instanceof HooklineError) return null;
  throw error;
}

/** Sealed by a key that is gone: as if it had never been. */
function lost(error: unknown): null {
  if (error instanceof SealError) return null;
  throw error;
}

/** A code must go to nobody but whom it was asked from. */
const registrationOf = ({ authorizationUrl, accessTokenUrl, clientId }: OAuthAuth): string =>
  JSON.stringify([authorizationUrl, accessTokenUrl, clientId]);
