import { Readable } from 'node:stream';
import type { CompiledStep } from '../connectors/action.js';
import { fileOf, isFile } from '../connectors/http/response-file.js';
import type { FileValue } from '../core/file-value.js';
import { formatId } from '../core/id.js';
import { Files, MAX_FILE_BYTES } from '../platform/files/files.js';
import type { HttpResult, Overflow } from '../platform/http/http-message.js';

/** The body of one answer that is too large to be held, or no text: a file, from when it comes in. */
export class AnswerFile {
  private value: FileValue | null = null;
  private id = '';
  readonly overflow: Overflow;

  /** @param createdBy what is noted of the file: the run */
  constructor(
    private readonly files: Files,
    private readonly step: CompiledStep,
    private readonly url: string,
    private readonly createdBy: string,
  ) {
    this.overflow = {
      maxBytes: MAX_FILE_BYTES,
      // A redirect that is followed is no answer yet.
      takes: (status) => this.step.keepsFile(status) && (status < 300 || status > 399),
      store: (body, _status, headers) => this.store(body, headers),
    };
  }

  /** Undefined: the body is text, and is kept with the run. Rejects where the storage fails. */
  async of({
    status,
    headers,
    body,
    stored,
  }: Extract<HttpResult, { kind: 'response' }>): Promise<FileValue | undefined> {
    if (!stored) {
      if (!this.step.keepsFile(status) || !isFile(headers, body)) return undefined;
      await this.store(Readable.from([body], { objectMode: false }), headers);
    }
    return this.value!;
  }

  /** Removes what was stored for a call that failed after all; never rejects. */
  async forget(): Promise<void> {
    if (this.value === null) return;
    await this.files.remove(this.id).catch(() => undefined);
  }

  private async store(body: Readable, headers: [string, string][]): Promise<void> {
    const file = await this.files.store(body, { ...fileOf(headers, this.url), createdBy: this.createdBy });
    const { id, filename, contentType, bytes } = file;
    this.id = id;
    this.value = { fileId: formatId('fil', id), filename, contentType, bytes };
  }
}
