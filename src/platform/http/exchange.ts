import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { answerBody, tooLarge, type AnswerBody, type ReadBody } from './answer-body.js';
import type { Call } from './call.js';
import type { Connection } from './connection-pool.js';
import { HttpFailure, codeOf, exchangeFailure } from './http-failure.js';
import type { OutgoingRequest } from './request-rules.js';

export interface Answer extends ReadBody {
  status: number;
  /** As received: order, case and repeats kept. */
  headers: [string, string][];
}

/** Sends the call's request on a connection and reads its answer. After a rejection the connection must be destroyed. */
export async function exchange(call: Call, connection: Connection): Promise<Answer> {
  const { limits } = call;
  const handler = new AnswerReader(call, connection);
  const { firstByteMs } = limits;
  const timer =
    firstByteMs !== null && firstByteMs < limits.totalMs
      ? setTimeout(() => call.answering || call.fail(noFirstByte(call, firstByteMs)), firstByteMs)
      : undefined;
  const { method, path, headers, body } = sendable(call.request);
  try {
    return await call.during<Answer>('exchange', (resolve, reject) => {
      handler.resolve = resolve;
      handler.reject = reject;
      connection.awaiting = true;
      connection.client.dispatch({ method, path, headers, body }, handler);
    });
  } catch (error) {
    handler.stop();
    if (body instanceof Readable) body.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function sendable({ method, path, headers, body }: OutgoingRequest) {
  if (body === null || Buffer.isBuffer(body)) return { method, path, headers, body };
  const length = ['Content-Length', String(body.bytes)];
  // A body that fails ends the call by itself: undici tells the handler.
  return { method, path, headers: [...headers, ...length], body: body.open().on('error', () => undefined) };
}

const noFirstByte = (call: Call, limitMs: number): HttpFailure =>
  new HttpFailure(
    'first_byte_timeout',
    `${call.request.target.origin} sent no first byte within ${limitMs} ms. Give it more time, or ask its operator why it is slow.`,
  );

const BODILESS: ReadonlySet<number> = new Set([204, 304]);

class AnswerReader implements Dispatcher.DispatchHandler {
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
  private readonly startedAt = performance.now();
  private stopped = false;
  private status = 0;
  private headers: [string, string][] = [];
  private body: AnswerBody | null = null;

  constructor(
    private readonly call: Call,
    private readonly connection: Connection,
  ) {}

  stop(): void {
    this.stopped = true;
    this.body?.destroy();
  }

  onRequestStart(): void {}

  onResponseStarted(): void {
    if (this.call.answering) return;
    this.call.answering = true;
    this.call.timings.firstByteMs = performance.now() - this.startedAt;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    // Interim answers (100 Continue, 103 Early Hints) announce the real one.
    if (status < 200 || this.stopped) return;
    this.connection.awaiting = false;
    this.status = status;
    this.call.status = status;
    this.headers = headerPairs(controller.rawHeaders as Buffer[]);
    const { request } = this.call;
    const { origin } = request.target;
    const encoding = this.header('content-encoding');
    const overflow = request.overflow?.takes(status) ? request.overflow : null;
    const maxBytes = overflow?.maxBytes ?? request.maxResponseBytes;
    if (encoding === null && request.method !== 'HEAD' && Number(this.header('content-length')) > maxBytes) {
      return this.fail(tooLarge(origin, maxBytes));
    }
    const limits = {
      maxBytes: request.maxResponseBytes,
      overflow: overflow && {
        maxBytes: overflow.maxBytes,
        store: (body: Readable) => overflow.store(body, status, this.headers),
      },
    };
    try {
      this.body = answerBody(encoding, limits, origin, {
        onDrain: () => {
          this.connection.paused = false;
          controller.resume();
        },
        onFailure: (failure) => this.fail(failure),
      });
    } catch (error) {
      this.fail(error);
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.stopped || !this.body) return;
    try {
      if (this.body.write(chunk)) return;
      this.connection.paused = true;
      controller.pause();
    } catch (error) {
      this.fail(error);
    }
  }

  onResponseEnd(): void {
    if (this.stopped || !this.body) return;
    this.body.end((read) => this.resolve({ status: this.status, headers: this.headers, ...read }));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    // They have no body, whatever their headers say (RFC 9112 6.3), but undici misses it: the answer is whole.
    const whole = BODILESS.has(this.status) && codeOf(error) === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
    if (whole) return this.onResponseEnd();
    const progress = this.status !== 0 ? 'headers' : this.call.answering ? 'begun' : 'none';
    this.fail(exchangeFailure(error, this.call.request.target.origin, progress));
  }

  private fail(failure: unknown): void {
    if (this.stopped) return;
    this.stop();
    this.reject(failure);
  }

  private header(name: string): string | null {
    const values = this.headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
    return values.length === 0 ? null : values.join(',');
  }
}

/** Bytes as Latin-1 (RFC 9110 5.5): nothing is lost, nothing is guessed. */
function headerPairs(raw: Buffer[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    pairs.push([raw[index].toString('latin1'), raw[index + 1].toString('latin1')]);
  }
  return pairs;
}
