import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** Bytes in a temporary file that has no name any more, so that whatever happens nothing of it stays. */
export class Spool extends Writable {
  private file: FileHandle | null = null;
  private bytes = 0;

  constructor(private readonly folder: string) {
    super({ autoDestroy: false });
  }

  override _construct(done: (error?: Error | null) => void): void {
    openNameless(this.folder).then((file) => {
      this.file = file;
      done();
    }, done);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.bytes += chunk.length;
    this.file!.appendFile(chunk).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.file === null) return done(error);
    this.file.close().then(() => done(error), done);
  }

  /** No more comes: from here on it can be read, until it is destroyed. */
  async close(): Promise<void> {
    this.end();
    await finished(this, { cleanup: true });
  }

  async whole(): Promise<Buffer> {
    const all = Buffer.allocUnsafe(this.bytes);
    let at = 0;
    for await (const piece of this.pieces()) at += piece.copy(all, at);
    return all;
  }

  pieces(): AsyncIterable<Buffer> {
    return this.file!.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>;
  }
}

async function openNameless(folder: string): Promise<FileHandle> {
  const path = join(folder, `hookline-answer-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}
