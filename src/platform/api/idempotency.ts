import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { HooklineError } from '../../core/errors.js';
import { Logger } from '../logging/logger.js';
import { SecretsModule } from '../secrets/secrets.module.js';
import { ENDPOINT, type EndpointOptions } from './endpoint.js';
import { KeptAnswers, type IdempotencyKey } from './kept-answers.js';

const MAX_KEPT_BYTES = 1024 * 1024;
const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

declare module 'fastify' {
  interface FastifyRequest {
    /** Set while this request holds a key whose answer is to be kept. */
    idempotent?: { id: IdempotencyKey; keepsBody: boolean };
  }
}

/**
 * `Idempotency-Key` on writes: the same request with the same key is carried out once, and its answer given again, for
 * 24 hours. Only a success is kept: whatever is refused may be mended and sent again. An answer with a secret that is
 * shown once is not kept; repeating it says so. Requests without the header pay for one look at it.
 */
@Injectable()
export class IdempotencyHook implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly answers: KeptAnswers,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    if (!this.host?.httpAdapter) return;
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.decorateRequest('idempotent');
    server.addHook('preHandler', (request, reply, done) => {
      const key = request.headers['idempotency-key'];
      if (key === undefined || !UNSAFE.has(request.method)) return done();
      this.claim(request, reply, String(key)).then((answered) => (answered ? undefined : done()), done);
    });
    server.addHook('onSend', (request, reply, payload, done) => {
      if (request.idempotent === undefined) return done(null, payload);
      this.keep(request, reply, payload).then(() => done(null, payload), done);
    });
  }

  /** True: answered already, with what was kept. */
  private async claim(request: FastifyRequest, reply: FastifyReply, key: string): Promise<boolean> {
    const endpoint = (request.routeOptions.config as { [ENDPOINT]?: EndpointOptions } | undefined)?.[ENDPOINT];
    const caller = request.caller?.id;
    // Events have a deduplication of their own; what is uploaded is not read yet.
    if (!endpoint || caller === undefined || endpoint.access === 'sender' || endpoint.upload) return false;
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw badKey();
    const hash = createHash('sha256')
      .update(`${request.method} ${request.url}\n${request.headers['if-match'] ?? ''}\n${request.bodyText ?? ''}`)
      .digest();
    const id = { caller, key };
    if (await this.answers.claim(id, hash)) {
      request.idempotent = { id, keepsBody: endpoint.answersOnce !== true };
      return false;
    }
    const kept = await this.answers.find(id);
    if (kept && !kept.hash.equals(hash)) throw mismatch();
    if (!kept || kept.status === null) throw underWay();
    if (kept.body === null) throw answerGone(kept.status);
    reply.code(kept.status).headers(kept.headers);
    reply.header('idempotency-replayed', 'true').send(kept.status === 204 ? undefined : kept.body);
    return true;
  }

  /** Before the answer goes out, so that nobody can have seen it and still do the same again. */
  private async keep(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<void> {
    const { id, keepsBody } = request.idempotent!;
    request.idempotent = undefined;
    try {
      if (reply.statusCode >= 400) return await this.answers.forget(id);
      const text = payload === undefined || payload === null ? '' : textOf(payload);
      const isKept = keepsBody && text !== null && Buffer.byteLength(text) <= MAX_KEPT_BYTES;
      await this.answers.keep(id, { status: reply.statusCode, body: isKept ? text : null, headers: headersOf(reply) });
    } catch (error) {
      // It was done: its answer must not turn into an error. The key stays as it is, and a repetition is told to wait.
      this.logger.warn({ error: String(error) }, 'idempotency.not-kept');
    }
  }
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const named = ['content-type', 'etag'].map((name) => [name, reply.getHeader(name)] as const);
  return Object.fromEntries(named.filter(([, value]) => value).map(([name, value]) => [name, String(value)]));
}

const textOf = (payload: unknown): string | null =>
  typeof payload === 'string' ? payload : Buffer.isBuffer(payload) ? payload.toString('utf8') : null;

const badKey = (): HooklineError =>
  new HooklineError(
    'malformed',
    'invalid_idempotency_key',
    'An Idempotency-Key has 1 to 255 visible ASCII characters.',
  );

function mismatch(): HooklineError {
  const message = 'This Idempotency-Key came with another request before: give every request a key of its own.';
  const faults = [{ path: '', code: 'idempotency_mismatch', message }];
  return new HooklineError('invalid', 'idempotency_mismatch', message, { faults });
}

const underWay = (): HooklineError =>
  new HooklineError(
    'conflict',
    'idempotency_in_progress',
    'The first request with this Idempotency-Key is under way: try again in a moment.',
  );

const answerGone = (status: number): HooklineError =>
  new HooklineError(
    'conflict',
    'idempotency_answer_gone',
    `This was carried out before (${status}). Its answer is not kept, because it may hold a secret: look at what there is now.`,
  );

@Module({ imports: [SecretsModule], providers: [IdempotencyHook, KeptAnswers] })
export class IdempotencyModule {}
