import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { In, IsNull, Not } from 'typeorm';
import { HooklineError, notFound } from '../../core/errors.js';
import { formatId, newUuid, uuidTimeMs } from '../../core/id.js';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { safeFilename } from './safe-filename.js';
import { storageOf, type Storage } from './storage.js';
import { StoredFile } from './stored-file.entity.js';

export interface NewFile {
  /** As it was sent; made harmless here. */
  filename: string | null | undefined;
  /** A media type that was checked. */
  contentType: string;
  createdBy: string;
}

/** A file whose bytes are all there. */
export type WholeFile = StoredFile & { bytes: number };

/** Of one file, wherever it comes from. */
export const MAX_FILE_BYTES = 100 * 1024 * 1024;

/** No request may last as long: whatever is older and not whole will never be. */
const ABANDONED_AFTER_MS = 60 * 60_000;

/**
 * Files that calls can send. The bytes lie in a storage (a folder, or a bucket),
 * one row says what they are. The row comes first and is completed last, so that nothing can lie in the storage that
 * no row knows of.
 */
@Injectable()
export class Files implements OnApplicationBootstrap {
  private readonly storage: Storage;

  constructor(
    config: Config,
    private readonly database: Database,
  ) {
    this.storage = storageOf(config.files);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.storage.prepare();
  }

  /** Stores a stream as it comes. Where the stream or the storage fails, nothing is left and the error is passed on. */
  async store(source: Readable, { filename, contentType, createdBy }: NewFile): Promise<WholeFile> {
    const file = this.files.create({
      id: newUuid(),
      filename: safeFilename(filename),
      contentType,
      bytes: null,
      sha256: null,
      createdAt: new Date(),
      createdBy,
    });
    await this.files.insert(file);
    try {
      const { bytes, sha256 } = await this.write(keyOf(file.id), source);
      await this.files.update({ id: file.id }, { bytes, sha256 });
      return { ...file, bytes };
    } catch (error) {
      await this.remove(file.id).catch(() => undefined); // `removeAbandoned` does
      throw error;
    }
  }

  /** Null where there is none, or not yet. */
  find(id: string): Promise<WholeFile | null> {
    return this.files.findOneBy({ id, bytes: Not(IsNull()) }) as Promise<WholeFile | null>;
  }

  /** Those that exist, in no order. */
  findAll(ids: string[]): Promise<WholeFile[]> {
    return this.files.findBy({ id: In(ids), bytes: Not(IsNull()) }) as Promise<WholeFile[]>;
  }

  /** Its bytes, from the start. Throws `not_found` where the storage has lost them, `unavailable` where it is away. */
  async open(id: string): Promise<Readable> {
    const stream = await this.storage.open(keyOf(id)).catch((error: unknown) => {
      throw away('The file cannot be read just now. Try again in a moment.', error);
    });
    if (stream === null) throw notFound('file', formatId('fil', id));
    return stream;
  }

  private async write(key: string, source: Readable): Promise<{ bytes: number; sha256: Buffer }> {
    const hash = createHash('sha256');
    let bytes = 0;
    let fault: Error | null = null;
    // The storage never sees the source fail: it would let go while the file is still being opened.
    async function* chunks(): AsyncGenerator<Buffer> {
      try {
        for await (const chunk of source as AsyncIterable<Buffer>) {
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      } catch (error) {
        fault = error as Error;
      }
    }
    await this.storage.put(key, Readable.from(chunks())).catch((error: unknown) => {
      throw away('The file could not be stored just now. Send it again.', error);
    });
    if (fault !== null) throw fault as Error;
    return { bytes, sha256: hash.digest() };
  }

  /** Whole files made before this time, oldest first. @param after the last one of the page before */
  async madeBefore(time: Date, after: string | null, limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.database.source.query(
      `select id from files where created_at < $1 and bytes is not null and ($2::uuid is null or id > $2) order by id limit $3`,
      [time, after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Files that were never whole: their process died, or the storage went away. Not at the start, which needs neither. */
  async removeAbandoned(nowMs: number): Promise<void> {
    const abandoned: { id: string }[] = await this.database.source.query(
      `select id from files where bytes is null and created_at < $1 order by id limit 1000`,
      [new Date(nowMs - ABANDONED_AFTER_MS)],
    );
    for (const { id } of abandoned) await this.remove(id);
  }

  /** Its bytes first: a row without them is found again. */
  async remove(id: string): Promise<void> {
    await this.storage.remove(keyOf(id));
    await this.files.delete({ id });
  }

  private get files() {
    return this.database.source.getRepository(StoredFile);
  }
}

const away = (message: string, cause: unknown): HooklineError =>
  new HooklineError('unavailable', 'file_storage', message, { cause });

/** By day, so that no folder holds millions. */
const keyOf = (id: string): string => `${new Date(uuidTimeMs(id)).toISOString().slice(0, 10)}/${id}`;
