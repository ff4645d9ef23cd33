import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { MIMEType } from 'whatwg-mimetype';
import { formatId } from '../../core/id.js';
import { readForm } from '../../platform/api/form.js';
import { Files, type WholeFile } from '../../platform/files/files.js';
import { valuesOf, type HookRequest } from './hook-request.js';

const CREATED_BY = 'hook';

/** What mappings read of a file that came in, and what a form-data step can send on. */
const valueOf = ({ id, filename, contentType, bytes }: WholeFile) => ({
  fileId: formatId('fil', id),
  filename,
  contentType,
  bytes: Number(bytes),
});

/** Stores the files of deliveries; of one that cannot be read to its end none is left. */
@Injectable()
export class HookFiles {
  constructor(private readonly files: Files) {}

  /** A body that is neither JSON nor text, as one file value. */
  async fileText({ headers, body }: HookRequest): Promise<string> {
    const type = MIMEType.parse(headers['content-type'] ?? '');
    const filename = /filename="?([^";]+)/i.exec(headers['content-disposition'] ?? '')?.[1];
    const contentType = type?.essence ?? 'application/octet-stream';
    return JSON.stringify(
      valueOf(await this.files.store(Readable.from([body]), { filename, contentType, createdBy: CREATED_BY })),
    );
  }

  /** A multipart form: texts and file values by name, a list where a name is repeated. */
  async formText({ headers, body }: HookRequest): Promise<string> {
    const stored: WholeFile[] = [];
    try {
      const parts = await readForm(Readable.from([body]), headers['content-type'], async (file) => {
        const whole = await this.files.store(file.bytes, { ...file, createdBy: CREATED_BY });
        stored.push(whole);
        return valueOf(whole);
      });
      return JSON.stringify(valuesOf(parts as [string, string][]));
    } catch (error) {
      await Promise.allSettled(stored.map(({ id }) => this.files.remove(id)));
      throw error;
    }
  }
}
