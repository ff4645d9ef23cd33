import { tmpdir } from 'node:os';
import { PassThrough, Readable } from 'node:stream';
import { HttpFailure } from './http-failure.js';
import { Spool } from './spool.js';

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
  /** Handed over in memory. */
  maxBytes: number;
  /** For a body that is larger. */
  overflow: { maxBytes: number; store: (body: Readable) => Promise<void> } | null;
}

/** Who may have up to here in memory has it there from the start. */
const ALWAYS_HELD_BYTES = 1024 * 1024;
/** Of others, what is held while the body comes: many large ones at once were hundreds of MiB. */
const HELD_BYTES = 128 * 1024;

/** Grows by copying: a chunk kept as it came would cost far more than its bytes when a body drips in one by one. */
class GrowingBuffer {
  private buffer: Buffer | null = null;
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  write(chunk: Buffer): void {
    const total = this.bytes + chunk.length;
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
  }

  take(): Buffer {
    const taken = this.buffer?.subarray(0, this.bytes) ?? Buffer.alloc(0);
    this.buffer = null;
    return taken;
  }
}

export const tooLarge = (origin: string, maxBytes: number): HttpFailure =>
  new HttpFailure(
    'limit',
    `The answer of ${origin} is larger than ${maxBytes} bytes (counted after decompression). Ask it for less: a page, a filter, fewer fields.`,
  );

/**
 * Holds a small body. A larger one waits in a temporary file until it is whole, and is read back then; one that is too
 * large for memory is handed on from its first byte, no faster than it is taken.
 */
export class KeptBody implements BodyKeeper {
  onDrain: (() => void) | null = null;
  private bytes = 0;
  private readonly heldBytes: number;
  private readonly held: GrowingBuffer;
  private spool: Spool | null = null;
  private stream: PassThrough | null = null;
  private storing: Promise<void> = Promise.resolve();

  constructor(
    private readonly limits: KeptLimits,
    private readonly origin: string,
    private readonly events: { onDrain: () => void; onFailure: (failure: HttpFailure) => void },
    private readonly folder?: string,
  ) {
    this.heldBytes = limits.maxBytes <= ALWAYS_HELD_BYTES ? limits.maxBytes : HELD_BYTES;
    this.held = new GrowingBuffer(this.heldBytes);
  }

  write(chunk: Buffer): boolean {
    const { maxBytes, overflow } = this.limits;
    this.bytes += chunk.length;
    const most = overflow?.maxBytes ?? maxBytes;
    if (this.bytes > most) throw tooLarge(this.origin, most);
    if (this.bytes <= this.heldBytes) {
      this.held.write(chunk);
      return true;
    }
    if (this.bytes > maxBytes) return (this.stream ??= this.handOn()).write(chunk);
    return (this.spool ??= this.spoolOf()).write(chunk);
  }

  end(done: (read: ReadBody) => void): void {
    const { bytes } = this;
    if (this.stream !== null) {
      this.stream.end();
      this.storing.then(
        () => done({ body: Buffer.alloc(0), bytes, stored: true }),
        () => undefined, // told already
      );
    } else if (this.spool !== null) {
      this.readBack(this.spool).then(
        (body) => done({ body, bytes, stored: false }),
        () => this.lost(),
      );
    } else {
      done({ body: this.held.take(), bytes, stored: false });
    }
  }

  destroy(): void {
    this.held.take();
    this.spool?.destroy();
    this.stream?.destroy(new Error('The call has ended.'));
  }

  private spoolOf(): Spool {
    const spool = new Spool(this.folder ?? tmpdir());
    spool.on('drain', () => this.drain()).on('error', () => this.lost());
    spool.write(this.held.take());
    return spool;
  }

  private async readBack(spool: Spool): Promise<Buffer> {
    await spool.close();
    const body = await spool.whole();
    spool.destroy();
    return body;
  }

  private handOn(): PassThrough {
    const stream = new PassThrough();
    stream.on('drain', () => this.drain()).on('error', () => undefined);
    this.storing = this.limits.overflow!.store(Readable.from(this.all(stream), { objectMode: false }));
    this.storing.catch(() => this.lost());
    return stream;
  }

  /** What came before, then what comes. */
  private async *all(rest: PassThrough): AsyncGenerator<Buffer> {
    const { spool } = this;
    if (spool === null) {
      yield this.held.take();
    } else {
      await spool.close();
      yield* spool.pieces();
      spool.destroy();
    }
    yield* rest as AsyncIterable<Buffer>;
  }

  private drain(): void {
    (this.onDrain ?? this.events.onDrain)();
  }

  private lost(): void {
    const message = `The answer of ${this.origin} is large, and could not be stored just now.`;
    this.events.onFailure(new HttpFailure('reset', message));
  }
}
