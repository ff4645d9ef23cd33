import { Injectable, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { HooklineError } from '../../core/errors.js';
import { Database } from '../database/database.js';
import { Logger } from '../logging/logger.js';
import { SealError } from '../secrets/key-ring.js';
import type { KnownPlace } from '../secrets/sealed-columns.js';
import { SecretsModule } from '../secrets/secrets.module.js';
import { Secrets } from '../secrets/secrets.js';
import { ENDPOINT, type EndpointOptions } from './endpoint.js';

const KEPT_HOURS = 24;
/** A request without an answer after this long was lost with its process: the key may be used again. */
const LOST_AFTER_MINUTES = 5;
const MAX_KEPT_BYTES = 1024 * 1024;
const CLEAN_EVERY_MS = 3_600_000;
const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

declare module 'fastify' {
  interface FastifyRequest {
    /** Set while this request holds a key whose answer is to be kept. */
    idempotent?: { caller: string; key: string; keepsBody: boolean };
  }
}

interface KeptRow {
  hash: Buffer;
  /** Null: under way. */
  status: number | null;
  /** Sealed: it may hold the URL of a hook. */
  body: string | null;
  headers: string | null;
}

/**
 * `Idempotency-Key` on writes: the same request with the same key is carried out once, and its answer given again, for
 * 24 hours. Only a success is kept: whatever is refused may be mended and sent again. An answer with a secret that is
 * shown once is not kept; repeating it says so. Requests without the header pay for one look at it.
 */
@Injectable()
export class IdempotencyHook implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly database: Database,
    private readonly secrets: Secrets,
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
    this.timer = setInterval(() => void this.clean(), CLEAN_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
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
    const claimed = await this.database.source.query<unknown[]>(
      `insert into idempotency_keys as k (caller, key, hash) values ($1, $2, $3)
       on conflict (caller, key) do update set hash = excluded.hash, created_at = now(), status = null, body = null, headers = null
         where k.created_at < now() - make_interval(hours => ${KEPT_HOURS})
            or (k.status is null and k.created_at < now() - make_interval(mins => ${LOST_AFTER_MINUTES}))
       returning 1`,
      [caller, key, hash],
    );
    if (claimed.length > 0) {
      request.idempotent = { caller, key, keepsBody: endpoint.answersOnce !== true };
      return false;
    }
    const [kept] = await this.database.source.query<KeptRow[]>(
      `select hash, status, body, headers from idempotency_keys where caller = $1 and key = $2`,
      [caller, key],
    );
    if (kept && !kept.hash.equals(hash)) throw mismatch();
    if (!kept || kept.status === null) throw underWay();
    const body = kept.body && (await this.secrets.open(kept.body, placeOf(caller, key)).catch(lost));
    if (body === null) throw answerGone(kept.status);
    reply.code(kept.status).headers(JSON.parse(kept.headers ?? '{}') as Record<string, string>);
    reply.header('idempotency-replayed', 'true').send(kept.status === 204 ? undefined : body);
    return true;
  }

  /** Before the answer goes out, so that nobody can have seen it and still do the same again. */
  private async keep(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<void> {
    const { caller, key, keepsBody } = request.idempotent!;
    request.idempotent = undefined;
    try {
      if (reply.statusCode >= 400) {
        await this.database.source.query(`delete from idempotency_keys where caller = $1 and key = $2`, [caller, key]);
        return;
      }
      const text = payload === undefined || payload === null ? '' : textOf(payload);
      const isKept = keepsBody && text !== null && Buffer.byteLength(text) <= MAX_KEPT_BYTES;
      const body = isKept ? await this.secrets.seal(text, placeOf(caller, key)) : null;
      const type = reply.getHeader('content-type');
      const etag = reply.getHeader('etag');
      await this.database.source.query(
        `update idempotency_keys set status = $3, body = $4, headers = $5 where caller = $1 and key = $2`,
        [
          caller,
          key,
          reply.statusCode,
          body,
          JSON.stringify({ ...(type && { 'content-type': type }), ...(etag && { etag }) }),
        ],
      );
    } catch (error) {
      // It was done: its answer must not turn into an error. The key stays as it is, and a repetition is told to wait.
      this.logger.warn({ error: String(error) }, 'idempotency.not-kept');
    }
  }

  private async clean(): Promise<void> {
    await this.database.source
      .query(`delete from idempotency_keys where created_at < now() - make_interval(hours => ${KEPT_HOURS})`)
      .catch((error: unknown) => this.logger.warn({ error: String(error) }, 'idempotency.not-cleaned'));
  }
}

const placeOf = (caller: string, key: string): KnownPlace => ({
  ...{ table: 'idempotency_keys', id: `${caller} ${key}`, column: 'body' },
});

/** Kept by a program that did not seal it, or sealed by a key that is gone. */
function lost(error: unknown): null {
  if (error instanceof SealError) return null;
  throw error;
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

@Module({ imports: [SecretsModule], providers: [IdempotencyHook] })
export class IdempotencyModule {}
