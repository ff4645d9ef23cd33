import { parseExact } from '../ui/exact-json.js';
import { client, unwrap } from './client.js';
import type { Asked, Evaluation, SampleRequest } from './types.js';

/** What expressions come to on a sample, by the server's own evaluator. Numbers keep their digits. */
export async function evaluate(
  expressions: Asked[],
  integrationId: string,
  sample: SampleRequest,
  signal?: AbortSignal,
): Promise<Evaluation> {
  const text = await unwrap(
    client.POST('/api/v1/evaluate', { body: { expressions, integrationId, ...sample }, parseAs: 'text', signal }),
  );
  return parseExact(text) as Evaluation;
}
