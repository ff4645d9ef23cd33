import { parseJson } from '../../src/core/json.js';
import type { Pair } from '../../src/core/definition.js';
import type { BuildOutcome, BuiltRequest } from '../../src/connectors/action.js';
import { findAction } from '../../src/connectors/catalog.js';

const scope = {
  trigger: {
    id: 'evt_1',
    data: parseJson(`{
      "name": "Zoë & Co", "n": 5, "id": 12345678901234567890, "price": 12.50, "yes": true, "nothing": null, "path": "a/b?c#d",
      "up": "..", "host": "example.com", "base": "https://example.com/api", "list": ["a b", 2, null, {"x": "y"}],
      "empty": [], "object": {"a": 1, "b": null, "c": {"d": null}}, "broken": "a\\r\\nX-Evil: 1", "arrow": "→",
      "quote": "\\",\\"admin\\":true,\\"x\\":\\"", "big": "${'x'.repeat(700_000)}"
    }`),
  },
  steps: {},
};

/** What an HTTP action makes of an input: of the same event each time, which has a value of every kind. */
export function outcomeOf(action: string, input: object): BuildOutcome {
  const { inputSchema, compile } = findAction('http', action)!;
  return compile(inputSchema.parse({ url: 'https://example.com/', ...input })).build(scope);
}

/** The request; throws where there is none. */
export function build(action: string, input: object): BuiltRequest {
  const outcome = outcomeOf(action, input);
  if (outcome.kind === 'failed') throw new Error(outcome.error.message);
  return outcome.request;
}

/** Why there is no request; throws where there is one. */
export function failure(action: string, input: object): { code: string; message: string } {
  const outcome = outcomeOf(action, input);
  if (outcome.kind !== 'failed') throw new Error('built');
  return outcome.error;
}

/** What saving says of the input. */
export function faults(action: string, input: object) {
  const { inputSchema, check } = findAction('http', action)!;
  return check(inputSchema.parse({ url: 'https://example.com/', ...input }));
}

export const header = (request: BuiltRequest, name: string): string | undefined =>
  request.headers.find(([each]) => each.toLowerCase() === name)?.[1];
export const pairs = (values: Record<string, unknown>): Pair[] =>
  Object.entries(values).map(([key, value]) => ({ key, value }));
