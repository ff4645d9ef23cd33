import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FilesPlace } from '../config/config.js';

/** Where the bytes of files lie, by key. */
export interface Storage {
  /** Makes the place ready. */
  prepare(): Promise<void>;
  /** Stores a stream of unknown length as it comes. */
  put(key: string, source: Readable): Promise<void>;
  /** Null where it is not there. */
  open(key: string): Promise<Readable | null>;
  remove(key: string): Promise<void>;
}

export const storageOf = (place: FilesPlace): Storage =>
  place.kind === 'folder' ? folderStorage(place.path) : bucketStorage(place);

/** A folder, which every process must share. */
function folderStorage(path: string): Storage {
  const disk = new Disk(new FSDriver({ location: path, visibility: 'private' }));
  return {
    prepare: () => mkdir(path, { recursive: true, mode: 0o700 }).then(() => undefined),
    put: (key, source) => disk.putStream(key, source),
    open: async (key) => ((await disk.exists(key)) ? disk.getStream(key) : null),
    remove: (key) => disk.delete(key),
  };
}

/**
 * A bucket of an S3-compatible service. The credentials are those of its SDK (AWS_ACCESS_KEY_ID and so on); it is called
 * directly, because its address is the operator's own choice.
 */
function bucketStorage({ bucket, prefix, endpoint, region }: Extract<FilesPlace, { kind: 'bucket' }>): Storage {
  // Optional packages, loaded where they are used only: they are bigger than the rest of the program.
  const disk = Promise.all([import('flydrive/drivers/s3'), import('@aws-sdk/client-s3')]).then(
    ([{ S3Driver }, { S3Client }]) => {
      // Else the SDK sends a checksum behind chunks of its own, which many compatible services do not take.
      const plain = {
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      } as const;
      const client = new S3Client({ region, ...plain, ...(endpoint !== null && { endpoint, forcePathStyle: true }) });
      return new Disk(new S3Driver({ client, bucket, supportsACL: false, visibility: 'private' }));
    },
  );
  disk.catch(() => undefined); // whoever uses it is told
  const at = (key: string) => prefix + key;
  return {
    prepare: async () => void (await disk),
    put: (key, source) =>
      // The protocol wants the length before the bytes.
      spooled(source, async (file, bytes) => (await disk).putStream(at(key), file, { contentLength: bytes })),
    open: async (key) => ((await (await disk).exists(at(key))) ? (await disk).getStream(at(key)) : null),
    remove: async (key) => (await disk).delete(at(key)),
  };
}

async function spooled(source: Readable, use: (file: Readable, bytes: number) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hookline-upload-'));
  try {
    const path = join(folder, 'file');
    const sink = createWriteStream(path, { mode: 0o600 });
    await pipeline(source, sink);
    const spool = createReadStream(path);
    // Whoever failed has not read it to its end: it would stay open, and keep its bytes on the disk, for good.
    await use(spool, sink.bytesWritten).finally(() => spool.destroy());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
