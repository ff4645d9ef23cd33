import { client, unwrap } from './client.js';

/** Stores a file for calls to send; at most 100 MiB. */
export function uploadFile(file: File) {
  const form = new FormData();
  form.append('file', file);
  return unwrap(client.POST('/api/v1/files', { body: form as never, bodySerializer: (body) => body as never }));
}
