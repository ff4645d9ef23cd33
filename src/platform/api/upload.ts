import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { MIMEType } from 'whatwg-mimetype';
import { z } from 'zod';
import { HooklineError, invalid, pointer } from '../../core/errors.js';

/** The form of an upload, as the OpenAPI document shows it. */
export const uploadForm = z.strictObject({ file: z.file() });

const FIELD = 'file';
/** Boundaries and part headers, beside the file itself. */
const MAX_FRAME_BYTES = 64 * 1024;
const DEFAULT_TYPE = 'application/octet-stream';

export interface ReceivedFile {
  /** As it was sent: anything may stand in it. */
  filename: string | undefined;
  /** A media type that can be read; `application/octet-stream` where the sender's cannot. */
  contentType: string;
  /** Ends only after the whole form was read and was right; fails otherwise. So what reads it to its end may keep it. */
  bytes: Readable;
}

export const isUpload = (contentType: string | undefined): boolean =>
  contentType !== undefined && MIMEType.parse(contentType)?.essence === 'multipart/form-data';

/**
 * Reads a `multipart/form-data` request (RFC 7578) of exactly one file part, named `file`, as it comes in: `store` is
 * called while the rest is still on its way, and has ended when this returns or throws. Throws `HooklineError`; then
 * the rest of the request is read and forgotten, so that its sender reads the answer.
 */
export async function receiveFile<T>(
  request: FastifyRequest,
  maxBytes: number,
  store: (file: ReceivedFile) => Promise<T>,
): Promise<T> {
  const { raw } = request;
  const parser = openParser(request, maxBytes);
  const form = Promise.withResolvers<void>();
  let stored: Promise<T> | null = null;
  let incoming: Readable | null = null;
  const fail = (error: unknown): void => {
    form.reject(error);
    incoming?.destroy(error as Error);
    raw.unpipe(parser);
    raw.resume();
  };
  parser.on('file', (field, file, filename, _encoding, contentType) => {
    file.on('error', () => undefined); // the parser tells it to the file and to itself
    if (field !== FIELD) return fail(unknownField(field));
    incoming = file;
    file.on('limit', () => fail(tooLarge(maxBytes)));
    const bytes = Readable.from(untilRight(file, form.promise));
    stored = store({ filename, contentType: typeOf(contentType), bytes });
    stored.catch(fail);
  });
  parser.on('field', (field) => fail(field === FIELD ? noFile() : unknownField(field)));
  parser.on('filesLimit', () => fail(fault('/file', 'too_many', 'Send one file at a time.')));
  parser.on('error', () => fail(malformed('The form ends too early, or its parts cannot be read.')));
  parser.on('finish', () => (stored === null ? fail(noFile()) : form.resolve()));
  const gone = (): void => void (raw.complete || fail(malformed('The request was cut off.')));
  raw.on('error', gone).on('close', gone);
  raw.pipe(parser);
  try {
    await form.promise;
    return await stored!;
  } catch (error) {
    await (stored as Promise<T> | null)?.catch(() => undefined);
    throw error;
  } finally {
    raw.off('close', gone);
  }
}

function typeOf(sent: string): string {
  const type = MIMEType.parse(sent);
  return type === null ? DEFAULT_TYPE : type.essence;
}

async function* untilRight(file: Readable, form: Promise<void>): AsyncGenerator<Buffer> {
  yield* file as AsyncIterable<Buffer>;
  await form;
}

function openParser({ headers }: FastifyRequest, maxBytes: number): BusboyInstance {
  if (!isUpload(headers['content-type'])) {
    throw new HooklineError(
      'media_type',
      'unsupported_media_type',
      'Send the file as multipart/form-data, in a field called "file".',
    );
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes + MAX_FRAME_BYTES) throw tooLarge(maxBytes);
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      limits: { fileSize: maxBytes, files: 1, fields: 1, fieldSize: 1024, parts: 3, headerPairs: 20 },
    });
  } catch {
    throw malformed('The Content-Type names no boundary.');
  }
}

const fault = (path: string, code: string, message: string): HooklineError =>
  invalid('invalid_request', [{ path, code, message }]);

const noFile = (): HooklineError =>
  fault('/file', 'required', 'There is no file: send it in a part called "file" that has a filename.');

const unknownField = (field: string | undefined): HooklineError =>
  fault(
    pointer([(field ?? '').slice(0, 100)]),
    'unknown_field',
    `There is no field ${JSON.stringify((field ?? '').slice(0, 100))} here: the one part is called "file".`,
  );

const malformed = (detail: string): HooklineError => new HooklineError('malformed', 'malformed_form', detail);

const tooLarge = (maxBytes: number): HooklineError =>
  new HooklineError('too_large', 'too_large', `A file may have ${maxBytes / 1024 / 1024} MiB at most.`);
