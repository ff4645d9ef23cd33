import { useQuery } from '@tanstack/react-query';
import { parseExact } from '../ui/exact-json.js';
import { client, unwrap } from './client.js';
import type { Asked, EvaluateBody, Evaluation, SampleRequest } from './types.js';

/** What expressions come to on a sample, by the server's own evaluator. Numbers keep their digits. */
export async function evaluate(
  expressions: Asked[],
  integrationId: string,
  sample: SampleRequest,
  signal?: AbortSignal,
): Promise<Evaluation> {
  return ask({ expressions, integrationId, ...sample }, signal);
}

/** What expressions came to in a run, by what is on record of it. */
export function useEvaluatedInRun(runId: string, step: string, expressions: Asked[], enabled: boolean) {
  return useQuery({
    queryKey: ['runs', 'evaluated', runId, step, expressions],
    enabled: enabled && expressions.length > 0,
    staleTime: Infinity,
    queryFn: ({ signal }) => ask({ expressions, runId, steps: {} }, signal),
  });
}

async function ask(body: EvaluateBody, signal?: AbortSignal): Promise<Evaluation> {
  const text = await unwrap(client.POST('/api/v1/evaluate', { body, parseAs: 'text', signal }));
  return parseExact(text) as Evaluation;
}
