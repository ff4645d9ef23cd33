import { Busboy } from '@fastify/busboy';
import type { Readable } from 'node:stream';
import { MIMEType } from 'whatwg-mimetype';
import { HooklineError } from '../../core/errors.js';

/** One file of a form while it comes in. */
export interface FormFile {
  filename: string | undefined;
  contentType: string;
  bytes: Readable;
}

const MAX_PARTS = 200;
const MAX_FILES = 20;
const MAX_TEXT_BYTES = 1024 * 1024;

/**
 * Reads a `multipart/form-data` body (RFC 7578): its parts by name, in order; of a file what `store` made of it. Throws
 * `HooklineError` where it cannot be read to its end, after every `store` that was called has ended.
 */
export async function readForm<T>(
  body: Readable,
  contentType: string | undefined,
  store: (file: FormFile) => Promise<T>,
): Promise<[string, string | T][]> {
  const parser = parserOf(contentType);
  const parts: Promise<[string, string | T]>[] = [];
  const done = Promise.withResolvers<void>();
  const fail = (code: string, message: string): void => {
    done.reject(new HooklineError(code === 'too_large' ? 'too_large' : 'malformed', code, message));
    body.unpipe(parser);
  };
  let textBytes = 0;
  parser.on('field', (name, value, nameTruncated, valueTruncated) => {
    textBytes += Buffer.byteLength(value);
    if (nameTruncated || valueTruncated || textBytes > MAX_TEXT_BYTES) return fail('too_large', 'A text is too long.');
    parts.push(Promise.resolve([name, value]));
  });
  parser.on('file', (name, bytes, filename, _encoding, type) => {
    bytes.on('error', () => undefined); // the parser tells it to the file and to itself
    const stored = store({ filename, contentType: MIMEType.parse(type)?.essence ?? 'application/octet-stream', bytes });
    parts.push(stored.then((value) => [name, value]));
    stored.catch((error: unknown) => done.reject(error));
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.on(limit, () => fail('too_large', `A form may have ${MAX_PARTS} parts and ${MAX_FILES} files at most.`));
  }
  parser.on('error', () => fail('malformed_form', 'The form ends too early, or its parts cannot be read.'));
  parser.on('finish', () => done.resolve());
  body.on('error', () => fail('malformed_form', 'The form was cut off.'));
  body.pipe(parser);
  try {
    await done.promise;
    return await Promise.all(parts);
  } finally {
    await Promise.allSettled(parts);
  }
}

function parserOf(contentType: string | undefined) {
  try {
    return new Busboy({
      headers: { 'content-type': contentType ?? '' },
      limits: { fields: MAX_PARTS, files: MAX_FILES, parts: MAX_PARTS, fieldSize: MAX_TEXT_BYTES, headerPairs: 20 },
    });
  } catch {
    throw new HooklineError('malformed', 'malformed_form', 'The Content-Type names no boundary.');
  }
}
