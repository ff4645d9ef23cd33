import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { FormData, FormPart } from '../connectors/action.js';
import { formatId } from '../core/id.js';
import type { RunError } from '../core/run.js';
import { Files, type WholeFile } from '../platform/files/files.js';
import type { StreamedBody } from '../platform/http/http-message.js';

/** Why a form cannot be sent now. */
export class MissingFile {
  constructor(readonly error: RunError) {}
}

/** Worth another attempt: nothing is known of the files. */
export const unread = (): MissingFile =>
  new MissingFile({ code: 'reset', message: 'The files of the form could not be read just now: nothing was sent.' });

/** Turns the parts of a form into the bytes of a `multipart/form-data` body (RFC 7578), which are never whole in memory. */
@Injectable()
export class FormBodies {
  constructor(private readonly files: Files) {}

  async body({ boundary, parts }: FormData): Promise<StreamedBody | MissingFile> {
    const ids = [...new Set(parts.flatMap(({ fileId }) => fileId ?? []))];
    const known = new Map(ids.length === 0 ? [] : (await this.files.findAll(ids)).map((file) => [file.id, file]));
    const missing = ids.find((id) => !known.has(id));
    if (missing !== undefined)
      return new MissingFile({
        code: 'mapping',
        message: `There is no file ${formatId('fil', missing)}: it was removed, or never there.`,
      });
    const pieces = parts.map((part) => {
      const file = part.fileId === undefined ? null : known.get(part.fileId)!;
      return { head: headOf(boundary, part, file), file };
    });
    const tail = Buffer.from(`--${boundary}--\r\n`);
    const bytes = pieces.reduce(
      (sum, { head, file }) => sum + head.length + (file ? file.bytes + CRLF.length : 0),
      tail.length,
    );
    const { files } = this;
    async function* send(): AsyncGenerator<Buffer> {
      for (const { head, file } of pieces) {
        yield head;
        if (file === null) continue;
        yield* (await files.open(file.id)) as AsyncIterable<Buffer>;
        yield CRLF;
      }
      yield tail;
    }
    return { bytes, open: () => Readable.from(send(), { objectMode: false }) };
  }
}

const CRLF = Buffer.from('\r\n');

/** Of a text, the whole part. */
function headOf(boundary: string, { name, text }: FormPart, file: WholeFile | null): Buffer {
  const filename = file === null ? '' : `; filename="${quoted(file.filename)}"`;
  const type = file === null ? 'text/plain; charset=utf-8' : file.contentType;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${filename}\r\nContent-Type: ${type}\r\n\r\n`;
  return Buffer.from(file === null ? `${head}${text}\r\n` : head);
}

/** As browsers do (WHATWG HTML, 4.10.21.8), in UTF-8; never `filename*` (RFC 7578, 4.2). */
const quoted = (name: string): string =>
  name.toWellFormed().replace(/[\r\n"]/g, (char) => ({ '\r': '%0D', '\n': '%0A', '"': '%22' })[char]!);
