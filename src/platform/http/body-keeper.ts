import { PassThrough, type Readable } from 'node:stream';
import { HttpFailure } from './http-failure.js';

/** A whole body, decoded. */
export interface ReadBody {
  /** Empty where it was stored. */
  body: Buffer;
  bytes: number;
  stored: boolean;
}

/** The end of decoding: takes the bytes and keeps them. */
export interface BodyKeeper {
  /** False: give no more until `onDrain`. Throws an `HttpFailure` (`limit`). */
  write(chunk: Buffer): boolean;
  end(done: (read: ReadBody) => void): void;
  destroy(): void;
  /** Who gives the bytes, where that is not the connection itself. */
  onDrain: (() => void) | null;
}

export interface KeptLimits {
  /** In memory. */
  maxBytes: number;
  /** For a body that is larger. */
  overflow: { maxBytes: number; store: (body: Readable) => Promise<void> } | null;
}

/** Grows by copying: a chunk kept as it came would cost far more than its bytes when a body drips in one by one. */
export class GrowingBuffer implements BodyKeeper {
  onDrain: (() => void) | null = null;
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

  end(done: (read: ReadBody) => void): void {
    done({ body: this.taken(), bytes: this.bytes, stored: false });
  }

  taken(): Buffer {
    return this.buffer?.subarray(0, this.bytes) ?? Buffer.alloc(0);
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

/** Holds a small body as `GrowingBuffer` does; a larger one it hands on from its first byte, no faster than it is taken. */
export class OverflowingBuffer implements BodyKeeper {
  onDrain: (() => void) | null = null;
  private bytes = 0;
  private stream: PassThrough | null = null;
  private storing: Promise<void> = Promise.resolve();

  constructor(
    private readonly kept: GrowingBuffer,
    private readonly keptBytes: number,
    private readonly overflow: NonNullable<KeptLimits['overflow']>,
    private readonly origin: string,
    private readonly events: { onDrain: () => void; onFailure: (failure: HttpFailure) => void },
  ) {}

  write(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    if (this.bytes > this.overflow.maxBytes) throw tooLarge(this.origin, this.overflow.maxBytes);
    if (this.stream === null && this.bytes <= this.keptBytes) return this.kept.write(chunk);
    this.stream ??= this.open();
    return this.stream.write(chunk);
  }

  end(done: (read: ReadBody) => void): void {
    if (this.stream === null) return this.kept.end(done);
    this.stream.end();
    this.storing.then(
      () => done({ body: Buffer.alloc(0), bytes: this.bytes, stored: true }),
      () => undefined, // told already
    );
  }

  destroy(): void {
    this.kept.destroy();
    this.stream?.destroy(new Error('The call has ended.'));
  }

  private open(): PassThrough {
    const stream = new PassThrough();
    stream.on('drain', () => (this.onDrain ?? this.events.onDrain)()).on('error', () => undefined);
    this.storing = this.overflow.store(stream);
    this.storing.catch(() => {
      const message = `The answer of ${this.origin} is large, and could not be stored just now.`;
      this.events.onFailure(new HttpFailure('reset', message));
    });
    stream.write(this.kept.taken());
    this.kept.destroy();
    return stream;
  }
}
