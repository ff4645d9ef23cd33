import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ConnectionAuth } from '../../connections/connection-auth.js';
import { SignIns } from '../../connections/sign-ins.service.js';
import { HooklineError } from '../../core/errors.js';
import { formatId, parseId } from '../../core/id.js';
import { isObject, parseJson } from '../../core/json.js';
import { HookUrls, type FoundHook } from '../../integrations/hook-urls.js';
import { EventLog } from '../../runs/event-log.js';
import type { DirectedAnswer } from '../ingest-answer.js';
import { IngestService } from '../ingest.service.js';
import { handshakeOf, slackChallenge, type HandshakeAnswer } from './handshakes.js';
import { jsonText, kindOf, valueText } from './hook-body.js';
import { HookDeliveryLog, type Delivery } from './hook-delivery-log.js';
import { HookFiles } from './hook-files.js';
import { eventRequest, MAX_BODY_BYTES, readBody, requestOf, type HookRequest } from './hook-request.js';
import { partsOf } from './verify-signature.js';
import { verifyDelivery, type VerificationOutcome, type VerificationRefusal } from './verify-delivery.js';

export type RefusalReason =
  VerificationRefusal | 'method' | 'handshake' | 'replay' | 'conflict' | 'too_large' | 'media_type' | 'malformed';

/** What became of a call to a hook URL. */
export type HookOutcome =
  | { kind: 'accepted'; answer: DirectedAnswer }
  | { kind: 'handshake'; answer: HandshakeAnswer }
  | { kind: 'refused'; reason: RefusalReason; message: string };

type Signed = Extract<VerificationOutcome, { kind: 'verified' }>['signed'];

const MAX_ID_CHARS = 150;

/**
 * The door for calls to hook URLs: who sends it, what is in it, one event for one integration. Every call is on
 * record, a refused one with its reason.
 */
@Injectable()
export class HooksService {
  constructor(
    private readonly urls: HookUrls,
    private readonly signIns: SignIns,
    private readonly ingest: IngestService,
    private readonly events: EventLog,
    private readonly files: HookFiles,
    private readonly log: HookDeliveryLog,
  ) {}

  /** What was sent to a hook, read, judged and recorded. */
  async receive(hook: FoundHook, request: FastifyRequest): Promise<HookOutcome> {
    const early = requestOf(request, Buffer.alloc(0));
    const auth = await this.authOf(hook);
    const question = handshakeOf(hook.trigger, auth, early);
    if (question !== null)
      return this.recorded(
        hook,
        early,
        question.kind === 'answer' ? { ...question, kind: 'handshake' } : refused('handshake'),
      );
    if (!hook.trigger.methods.includes(early.method as never)) return this.recorded(hook, early, refused('method'));
    const body = await readBody(request, MAX_BODY_BYTES);
    const announced = Number(early.headers['content-length'] ?? MAX_BODY_BYTES);
    if (body === null) return this.recorded(hook, early, refused('too_large'), announced);
    const whole = { ...early, body };
    return this.recorded(hook, whole, await this.judge(hook, auth, whole));
  }

  /**
   * Judges a delivery: of a stored one as of when it came, so that its signed time is held against that.
   * Throws only where the database is away.
   * @param storedId of a stored one: it becomes one event, however often it is judged
   */
  async judge(
    hook: FoundHook,
    auth: ConnectionAuth | null,
    request: HookRequest,
    storedId: string | null = null,
  ): Promise<HookOutcome> {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') return refused('media_type', 'Send the body uncompressed.');
    const verified = verifyDelivery(hook.trigger.verification, auth, request, request.receivedAtMs);
    if (verified.kind === 'refused') return refused(verified.reason);
    const read = await this.read(request);
    if (read.kind === 'refused') return read;
    const challenge = slackChallenge(hook.trigger, read.dataText);
    if (challenge !== null) return { kind: 'handshake', answer: challenge };
    return this.accept(hook, verified.signed, request, read.dataText, storedId);
  }

  /** The secrets that a hook verifies with. Null where there are none to be had. */
  async authOf({ trigger }: FoundHook): Promise<ConnectionAuth | null> {
    const { connectionId } = trigger.verification;
    if (connectionId === null) return null;
    const found = await this.signIns.of(connectionId);
    return found.kind === 'ready' ? found.signIn.revealed() : null;
  }

  private async read(
    request: HookRequest,
  ): Promise<{ kind: 'read'; dataText: string } | Extract<HookOutcome, { kind: 'refused' }>> {
    const contentType = request.headers['content-type'];
    try {
      switch (kindOf(contentType, request.body)) {
        case 'json':
          return { kind: 'read', dataText: jsonText(request.body) };
        case 'value':
          return { kind: 'read', dataText: valueText(contentType, request.body) };
        case 'form':
          return { kind: 'read', dataText: await this.files.formText(request) };
        case 'file':
          return { kind: 'read', dataText: await this.files.fileText(request) };
      }
    } catch (error) {
      return refusedBy(error);
    }
  }

  private async accept(
    hook: FoundHook,
    signed: Signed,
    request: HookRequest,
    dataText: string,
    storedId: string | null,
  ): Promise<HookOutcome> {
    const ownId = storedId && `delivery:${formatId('dlv', storedId)}`;
    try {
      const answer = await this.ingest.acceptDirected({
        type: 'webhook.received',
        integrationId: hook.integrationId,
        source: `hook/${formatId('int', hook.integrationId)}`,
        externalId: signed ? identityOf(signed, dataText) : ownId,
        dataText,
        time: new Date(request.receivedAtMs),
        request: eventRequest(request),
      });
      if (signed === null) return { kind: 'accepted', answer: { ...answer, duplicate: false } };
      const isReplay = answer.duplicate && hook.trigger.verification.replays === 'refuse';
      if (isReplay && (await this.isSameMessage(answer, signed, request))) return refused('replay');
      return { kind: 'accepted', answer };
    } catch (error) {
      return refusedBy(error);
    }
  }

  /** A sender that tries again signs anew, with another time; one that copies cannot. */
  private async isSameMessage(answer: DirectedAnswer, { scheme }: NonNullable<Signed>, request: HookRequest) {
    if (scheme.id === null || scheme.timestamp === null) return true;
    const first = await this.events.find(parseId('evt', answer.id)!);
    if (!first?.request) return true;
    const [before] = partsOf(first.request.headers, scheme.timestamp);
    return before === partsOf(request.headers, scheme.timestamp)[0];
  }

  private async recorded<T extends HookOutcome>(
    { integrationId }: FoundHook,
    request: HookRequest,
    outcome: T,
    bodyBytes?: number,
  ): Promise<T> {
    const written = this.log.record({ integrationId, request, bodyBytes, ...deliveryOf(outcome) });
    // An accepted one is on record as its event: nobody waits for this.
    if (outcome.kind === 'refused') await written;
    return outcome;
  }
}

export function deliveryOf(outcome: HookOutcome): Pick<Delivery, 'outcome' | 'reason' | 'eventId'> {
  switch (outcome.kind) {
    case 'accepted': {
      const { duplicate, id } = outcome.answer;
      return { outcome: duplicate ? 'duplicate' : 'accepted', reason: null, eventId: parseId('evt', id) };
    }
    case 'handshake':
      return { outcome: 'handshake', reason: null, eventId: null };
    case 'refused':
      return { outcome: 'refused', reason: outcome.reason, eventId: null };
  }
}

/** What makes two deliveries one event: the signed id, or else all that was signed. Nobody can choose another one. */
function identityOf({ scheme, digest, id }: NonNullable<Signed>, dataText: string): string {
  const given = id ?? (scheme.id !== null && 'member' in scheme.id ? memberOf(dataText, scheme.id.member) : null);
  if (given === null) return `signed:${digest}`;
  const short = given.length <= MAX_ID_CHARS ? given : createHash('sha256').update(given).digest('base64url');
  return `id:${short}`;
}

function memberOf(dataText: string, name: string): string | null {
  const data = parseJson(dataText);
  const value = isObject(data) && Object.hasOwn(data, name) ? data[name] : null;
  return typeof value === 'string' && value !== '' && value.isWellFormed() && !value.includes('\0') ? value : null;
}

const refused = (reason: RefusalReason, message = ''): Extract<HookOutcome, { kind: 'refused' }> => ({
  kind: 'refused',
  reason,
  message,
});

const REASON_OF: Partial<Record<HooklineError['kind'], RefusalReason>> = {
  too_large: 'too_large',
  malformed: 'malformed',
  invalid: 'malformed',
  conflict: 'conflict',
};

function refusedBy(error: unknown): Extract<HookOutcome, { kind: 'refused' }> {
  const reason = error instanceof HooklineError ? REASON_OF[error.kind] : undefined;
  if (reason === undefined) throw error;
  return refused(reason, (error as Error).message);
}
