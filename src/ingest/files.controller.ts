import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound } from '../core/errors.js';
import { formatId } from '../core/id.js';
import { attachment } from '../platform/api/attachment.js';
import { type Caller, CallerOf } from '../platform/api/caller.js';
import { Endpoint } from '../platform/api/endpoint.js';
import { idOf } from '../platform/api/id-schema.js';
import { receiveFile, uploadForm } from '../platform/api/upload.js';
import { Files, MAX_FILE_BYTES, type WholeFile } from '../platform/files/files.js';

const fileSchema = z
  .object({ id: z.string(), filename: z.string(), contentType: z.string(), bytes: z.int() })
  .meta({ id: 'File' });
type FileView = z.infer<typeof fileSchema>;

/** What somebody uploaded must never act as a page of ours, whatever it says it is. */
const HARMLESS = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox" };

@Controller('api/v1/files')
export class FilesController {
  constructor(private readonly files: Files) {}

  @Post()
  @Endpoint({
    access: 'developer',
    summary: 'Store a file',
    description: 'At most 100 MiB, as one part called `file`. Steps send it where a value is `{"fileId": "fil_…"}`.',
    upload: uploadForm,
    answers: { 201: { schema: fileSchema, description: 'Stored' } },
  })
  async store(@Req() request: FastifyRequest, @CallerOf() caller: Caller): Promise<FileView> {
    const file = await receiveFile(request, MAX_FILE_BYTES, ({ bytes, filename, contentType }) =>
      this.files.store(bytes, { filename, contentType, createdBy: caller.id }),
    );
    return viewOf(file);
  }

  @Get(':id')
  @Endpoint({
    access: 'viewer',
    summary: 'Download a file',
    description: 'Always a download, never shown.',
    answers: { 200: { schema: z.file(), contentType: 'application/octet-stream', description: 'Its bytes' } },
  })
  async download(@Param('id', { schema: idOf('fil') }) id: string, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.files.find(id);
    if (file === null) throw notFound('file', formatId('fil', id));
    const bytes = await this.files.open(id);
    await reply
      .headers({
        ...HARMLESS,
        'content-type': file.contentType,
        'content-length': file.bytes,
        'content-disposition': attachment(file.filename),
      })
      .send(bytes);
  }
}

const viewOf = ({ id, filename, contentType, bytes }: WholeFile): FileView => ({
  id: formatId('fil', id),
  filename,
  contentType,
  bytes,
});
