import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { KeptBody, type BodyKeeper, type KeptLimits, type ReadBody } from './body-keeper.js';
import { HttpFailure, ITS_FAULT, codeOf } from './http-failure.js';

export { tooLarge, type ReadBody } from './body-keeper.js';

/** Takes the bytes of an answer as they come and keeps at most so many, decoded. */
export interface AnswerBody {
  /** False: give no more until `onDrain`. Throws an `HttpFailure` (`limit`). */
  write(chunk: Buffer): boolean;
  /** Calls back with the whole body, at once or later. */
  end(done: (read: ReadBody) => void): void;
  destroy(): void;
}

export interface AnswerBodyEvents {
  onDrain: () => void;
  onFailure: (failure: HttpFailure) => void;
}

/** @param contentEncoding the header as received (RFC 9110 8.4); a coding we do not know leaves the body as it came */
export function answerBody(
  contentEncoding: string | null,
  limits: KeptLimits,
  origin: string,
  events: AnswerBodyEvents,
): AnswerBody {
  const kept = new KeptBody(limits, origin, events);
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

/** Decompresses as the bytes come; back-pressure goes through to the socket, so that a bomb stops at the limit. */
class DecodedBody implements AnswerBody {
  private stages: Transform[] = [];
  private failed = false;
  private ended = false;
  private done: ((read: ReadBody) => void) | null = null;

  constructor(
    private readonly codings: string[],
    private readonly kept: BodyKeeper,
    private readonly origin: string,
    private readonly events: AnswerBodyEvents,
  ) {}

  write(chunk: Buffer): boolean {
    if (this.stages.length === 0) this.open(chunk);
    // Bytes after the end of the compressed data mean nothing; zlib takes no more of them.
    if (this.ended) return true;
    return this.stages[0].write(chunk);
  }

  end(done: (read: ReadBody) => void): void {
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
    this.kept.onDrain = () => last.resume();
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
        if (!this.kept.write(chunk)) last.pause();
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
