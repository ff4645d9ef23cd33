import { client, unwrap } from './client.js';
import type { SampleRequest } from './types.js';

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

export const readCurlCommand = (command: string) =>
  unwrap(client.POST('/api/v1/connectors/http/curl', { body: { command } }));
