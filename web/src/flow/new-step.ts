import type { Step, StepInput } from '../api/types.js';
import { freeKey, keyFrom } from './step-keys.js';

/** What can be added: an action of a connector. */
export interface StepChoice {
  connector: string;
  action: string;
  /** Becomes the step's first name, and once and for all its key. */
  title: string;
}

/** A step with every default written out, exactly as the server would give it back. */
export function newStep({ connector, action, title }: StepChoice, taken: ReadonlySet<string>): Step {
  return {
    key: freeKey(keyFrom(title), taken),
    name: title,
    kind: 'action',
    connector,
    action,
    connectionId: null,
    timeoutMs: 30_000,
    retry: {
      attempts: 10,
      backoff: 'exponential',
      firstDelayMs: 1_000,
      maxDelayMs: 600_000,
      on: ['network', '408', '425', '429', '5xx'],
    },
    onError: 'stop',
    idempotencyKey: true,
    if: null,
    input: newInput(action),
    errorSteps: [],
  };
}

function newInput(action: string): StepInput {
  const shared: Omit<StepInput, 'body'> = {
    url: '',
    query: [],
    headers: [],
    omitNulls: false,
    queryArrays: 'repeat',
    redirects: 0,
    success: { statuses: ['2xx'], when: null },
    pagination: null,
  };
  if (action === 'get') return shared as StepInput;
  if (action === 'custom') return { ...shared, method: 'POST', bodyType: 'json', body: [] };
  return { ...shared, body: [] };
}
