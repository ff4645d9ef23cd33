import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { FileSource, FormData, FormPart } from '../connectors/action.js';
import { shownParts } from '../connectors/http/form-data.js';
import type { ShownPart } from '../core/form-summary.js';
import { formatId } from '../core/id.js';
import type { RunError } from '../core/run.js';
import { Files, type WholeFile } from '../platform/files/files.js';
import type { StreamedBody } from '../platform/http/http-message.js';
import { RemoteFiles } from './remote-files.js';

/** A form whose files are all here. */
export interface OpenForm {
  kind: 'open';
  body: StreamedBody;
  /** Lets go of what was fetched for it; never rejects. */
  close(): Promise<void>;
}

export interface UnsentForm {
  kind: 'failed';
  error: RunError;
}

export interface FormLimits {
  /** For all files that are fetched. */
  timeoutMs: number;
  /** By which the calls can be canceled. */
  owner?: string;
}

/** What all files fetched for one form may have together. */
const MAX_FETCHED_BYTES = 256 * 1024 * 1024;
const MAX_FETCHED = 100;

/** Turns the parts of a form into the bytes of a `multipart/form-data` body (RFC 7578), which are never whole in memory. */
@Injectable()
export class FormBodies {
  constructor(
    private readonly files: Files,
    private readonly remote: RemoteFiles,
  ) {}

  /** Its parts as they are recorded: of stored files what is known of them. Never rejects. */
  async shown({ parts }: FormData): Promise<ShownPart[]> {
    const known = await this.stored(parts).catch(() => new Map<string, WholeFile>());
    return shownParts(parts, known);
  }

  /** Fetches what is named by a URL. Never rejects. */
  async open({ boundary, parts }: FormData, limits: FormLimits): Promise<OpenForm | UnsentForm> {
    const fetched = new Map<string, WholeFile>();
    const close = async (): Promise<void> => {
      await Promise.all([...fetched.values()].map(({ id }) => this.files.remove(id).catch(() => undefined)));
    };
    const failed = await this.fetchAll(parts, fetched, limits);
    if (failed) return close().then(() => failed);
    try {
      const known = await this.stored(parts);
      const fileOf = (source: FileSource) =>
        source.kind === 'url' ? fetched.get(keyOf(source)) : known.get(source.id);
      const missing = parts.find(({ file }) => file && !fileOf(file))?.file;
      if (missing?.kind === 'stored') {
        await close();
        return { kind: 'failed', error: gone(missing.id) };
      }
      return { kind: 'open', body: this.body(boundary, parts, (source) => fileOf(source)!), close };
    } catch {
      await close();
      return { kind: 'failed', error: UNREAD };
    }
  }

  private async fetchAll(
    parts: readonly FormPart[],
    fetched: Map<string, WholeFile>,
    limits: FormLimits,
  ): Promise<UnsentForm | null> {
    const giveUpAt = performance.now() + limits.timeoutMs;
    let leftBytes = MAX_FETCHED_BYTES;
    for (const { name, file } of parts) {
      if (file?.kind !== 'url' || fetched.has(keyOf(file))) continue;
      const fault = (error: RunError): UnsentForm => ({
        kind: 'failed',
        error: { ...error, message: `The body field "${name}": ${error.message}` },
      });
      if (fetched.size === MAX_FETCHED) {
        return fault({ code: 'limit', message: `more than ${MAX_FETCHED} files of one form are named by a URL.` });
      }
      const timeoutMs = Math.ceil(giveUpAt - performance.now());
      const answer = await this.remote.fetch(file, { timeoutMs, maxBytes: leftBytes, owner: limits.owner });
      if (answer.kind === 'failed') return fault(answer.error);
      leftBytes -= answer.file.bytes;
      fetched.set(keyOf(file), answer.file);
    }
    return null;
  }

  private async stored(parts: readonly FormPart[]): Promise<Map<string, WholeFile>> {
    const ids = new Set(parts.flatMap(({ file }) => (file?.kind === 'stored' ? file.id : [])));
    return new Map(ids.size === 0 ? [] : (await this.files.findAll([...ids])).map((file) => [file.id, file]));
  }

  private body(boundary: string, parts: readonly FormPart[], fileOf: (source: FileSource) => WholeFile): StreamedBody {
    const pieces = parts.map((part) => {
      const file = part.file === undefined ? null : fileOf(part.file);
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

/** One that is sent under two names is fetched once, and named twice. */
const keyOf = ({ url, filename }: Extract<FileSource, { kind: 'url' }>): string => `${filename}\n${url}`;

const gone = (id: string): RunError => ({
  code: 'mapping',
  message: `There is no file ${formatId('fil', id)}: it was removed, or never there.`,
});

/** Worth another attempt: nothing is known of the files. */
const UNREAD: RunError = {
  code: 'reset',
  message: 'The files of the form could not be read just now: nothing was sent.',
};

const CRLF = Buffer.from('\r\n');

/** Of a text, the whole part. */
function headOf(boundary: string, { name, text, file: source }: FormPart, file: WholeFile | null): Buffer {
  const filename = file === null ? '' : `; filename="${quoted(source?.filename || file.filename)}"`;
  const type = file === null ? 'text/plain; charset=utf-8' : file.contentType;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${filename}\r\nContent-Type: ${type}\r\n\r\n`;
  return Buffer.from(file === null ? `${head}${text}\r\n` : head);
}

/** As browsers do (WHATWG HTML, 4.10.21.8), in UTF-8; never `filename*` (RFC 7578, 4.2). */
const quoted = (name: string): string =>
  name.toWellFormed().replace(/[\r\n"]/g, (char) => ({ '\r': '%0D', '\n': '%0A', '"': '%22' })[char]!);
