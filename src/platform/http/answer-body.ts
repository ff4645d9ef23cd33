import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { HttpFailure, ITS_FAULT, codeOf } from './http-failure.js';

/** Takes the bytes of an answer as they come and keeps at most so many, decoded. */
export interface AnswerBody {
  /** False: give no more until `onDrain`. Throws an `HttpFailure` (`limit`). */
  write(chunk: Buffer): boolean;
  /** Calls back with the whole body, at once or later. */
  end(done: (body: Buffer) => void): void;
  destroy(): void;
}

export interface AnswerBodyEvents {
  onDrain: () => void;
  onFailure: (failure: HttpFailure) => void;
}

/** @param contentEncoding the header as received (RFC 9110 8.4); a coding we do not know leaves the body as it came */
export function answerBody(
  contentEncoding: string | null,
  maxBytes: number,
  origin: string,
  events: AnswerBodyEvents,
): AnswerBody {
  const kept = new GrowingBuffer(maxBytes, origin);
  const codings = contentEncoding === null ? [] : codingsOf(contentEncoding);
  if (codings.length > MAX_CODINGS) {
    throw new HttpFailure(
      'parse',
      `The answer of ${origin} is compressed more than ${MAX_CODINGS} times. ${ITS_FAULT}`,
    );
  }
  const known = codings.every((coding) => coding in DECODERS);
  return codings.length > 0 && known ? new DecodedBody(codings, kept, origin, events) : kept;
}

/** Each one more multiplies how far a small answer may expand. */
const MAX_CODINGS = 2;

const codingsOf = (header: string): string[] =>
  header
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');

const DECODERS: Record<string, (first: Buffer) => Transform> = {
  __proto__: null as never,
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  // Meant to be the zlib format; many servers send bare deflate data (RFC 9110 8.4.1.2).
  deflate: (first) => ((first[0] & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw()),
  br: () => zlib.createBrotliDecompress(),
  // RFC 9659: no window beyond 8 MiB.
  zstd: () => zlib.createZstdDecompress({ params: { [zlib.constants.ZSTD_d_windowLogMax]: 23 } }),
};

/** Grows by copying: a chunk kept as it came would cost far more than its bytes when a body drips in one by one. */
class GrowingBuffer implements AnswerBody {
  private buffer: Buffer | null = null;
  private bytes = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly origin: string,
  ) {}

  write(chunk: Buffer): boolean {
    const total = this.bytes + chunk.length;
    if (total > this.maxBytes) throw tooLarge(this.origin, this.maxBytes);
    if (this.buffer === null) {
      // Most answers are one chunk; undici hands out views of a buffer that nobody writes to again.
      this.buffer = chunk;
    } else {
      if (total > this.buffer.length) {
        const larger = Buffer.allocUnsafe(Math.min(Math.max(total, this.buffer.length * 2, 4_096), this.maxBytes));
        this.buffer.copy(larger, 0, 0, this.bytes);
        this.buffer = larger;
      }
      chunk.copy(this.buffer, this.bytes);
    }
    this.bytes = total;
    return true;
  }

  end(done: (body: Buffer) => void): void {
    done(this.buffer?.subarray(0, this.bytes) ?? Buffer.alloc(0));
  }

  destroy(): void {
    this.buffer = null;
  }
}

export const tooLarge = (origin: string, maxBytes: number): HttpFailure =>
  new HttpFailure(
    'limit',
    `The answer of ${origin} is larger than ${maxBytes} bytes (counted after decompression). Ask it for less: a page, a filter, fewer fields.`,
  );

/** Decompresses as the bytes come; back-pressure goes through to the socket, so that a bomb stops at the limit. */
class DecodedBody implements AnswerBody {
  private stages: Transform[] = [];
  private failed = false;
  private ended = false;
  private done: ((body: Buffer) => void) | null = null;

  constructor(
    private readonly codings: string[],
    private readonly kept: GrowingBuffer,
    private readonly origin: string,
    private readonly events: AnswerBodyEvents,
  ) {}

  write(chunk: Buffer): boolean {
    if (this.stages.length === 0) this.open(chunk);
    // Bytes after the end of the compressed data mean nothing; zlib takes no more of them.
    if (this.ended) return true;
    return this.stages[0].write(chunk);
  }

  end(done: (body: Buffer) => void): void {
    // An answer to HEAD, or an empty one, has nothing to decode, whatever its headers say.
    if (this.stages.length === 0 || this.ended) return this.kept.end(done);
    this.done = done;
    this.stages[0].end();
  }

  destroy(): void {
    this.failed = true;
    for (const stage of this.stages) stage.destroy();
    this.kept.destroy();
  }

  private open(first: Buffer): void {
    // Applied in the order listed, so undone from the end (RFC 9110 8.4).
    this.stages = this.codings.toReversed().map((coding) => DECODERS[coding](first));
    const last = this.stages.reduce((from, to) => from.pipe(to));
    this.stages[0].on('drain', this.events.onDrain);
    for (const stage of this.stages) {
      stage.on('error', (error) =>
        this.fail(
          new HttpFailure(
            'parse',
            `The compressed answer of ${this.origin} is cut off or damaged (${codeOf(error)}). ${ITS_FAULT}`,
          ),
        ),
      );
    }
    last.on('data', (chunk: Buffer) => {
      if (this.failed) return;
      try {
        this.kept.write(chunk);
      } catch (error) {
        this.fail(error as HttpFailure);
      }
    });
    last.on('end', () => {
      this.ended = true;
      if (this.failed) return;
      if (this.done) this.kept.end(this.done);
      else this.events.onDrain();
    });
  }

  private fail(failure: HttpFailure): void {
    if (this.failed) return;
    this.destroy();
    this.events.onFailure(failure);
  }
}
