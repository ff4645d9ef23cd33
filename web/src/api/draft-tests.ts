import { parseExact } from '../ui/exact-json.js';
import { client, unwrap } from './client.js';
import type { Run, SampleRequest } from './types.js';

/** Runs the draft as it is saved; every call is made for real. */
export const testDraft = (id: string, { event, eventId }: Pick<SampleRequest, 'event' | 'eventId'>) =>
  unwrap(
    client.POST('/api/v1/integrations/{id}/test', {
      params: { path: { id } },
      body: (eventId === undefined ? { event } : { eventId }) as never,
    }),
  );

/** A run, every number of its answers with all of its digits. */
export const readRunExactly = async (id: string): Promise<Run> =>
  parseExact(await unwrap(client.GET('/api/v1/runs/{id}', { params: { path: { id } }, parseAs: 'text' }))) as Run;

export const cancelRun = (id: string) => unwrap(client.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } }));
