import { client, unwrap } from './client.js';
import type { OpenApiRead, SampleRequest } from './types.js';

/** The answer as JSON text: it is kept as it came, and its numbers keep their digits. */
export const testStep = (
  integrationId: string,
  key: string,
  sample: SampleRequest,
  preview: boolean,
): Promise<string> =>
  unwrap(
    client.POST('/api/v1/integrations/{id}/steps/{key}/test', {
      params: { path: { id: integrationId, key } },
      body: { ...sample, preview },
      parseAs: 'text',
    }),
  );

/** What an OpenAPI document offers; the server follows no reference out of it. */
export async function listOpenApi(document: string) {
  const read: OpenApiRead = await unwrap(client.POST('/api/v1/connectors/http/openapi', { body: { document } }));
  if ('operations' in read) return read;
  throw new Error('A list of operations was expected.');
}

/** One of its operations as a step. */
export async function readOpenApiOperation(document: string, operation: string, server?: string) {
  const read: OpenApiRead = await unwrap(
    client.POST('/api/v1/connectors/http/openapi', { body: { document, operation, server } }),
  );
  if ('action' in read) return read;
  throw new Error('A step was expected.');
}

export const readCurlCommand = (command: string) =>
  unwrap(client.POST('/api/v1/connectors/http/curl', { body: { command } }));
