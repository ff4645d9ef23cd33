import { DEFAULT_RETRY, type Definition, type HttpStep, type Step } from './definition.js';
import { allSteps, nextMove, type StepEnd } from './plan.js';
import type { RunError } from './run.js';

const step = (key: string, over: Partial<HttpStep> = {}): HttpStep => ({
  key,
  name: key,
  kind: 'action',
  connector: 'http',
  action: 'get',
  connectionId: null,
  input: {} as HttpStep['input'],
  timeoutMs: 1,
  retry: DEFAULT_RETRY,
  onError: 'stop',
  errorSteps: [],
  idempotencyKey: true,
  if: null,
  ...over,
});
const definition = (...steps: Step[]): Definition => ({
  trigger: { type: 'manual', eventType: null, filter: null, path: null, whenOff: 'hold', orderingKey: null },
  steps,
});
const ERROR: RunError = { code: 'http_5xx', message: 'no' };
const OTHER: RunError = { code: 'reset', message: 'gone' };
const ended = (ends: Record<string, 'succeeded' | 'skipped' | RunError>): Map<string, StepEnd> =>
  new Map(
    Object.entries(ends).map(([key, end]) => [
      key,
      typeof end === 'string' ? { key, status: end, error: null } : { key, status: 'failed', error: end },
    ]),
  );
const moveOf = (of: Definition, ends: Parameters<typeof ended>[0]) => {
  const move = nextMove(of, ended(ends));
  return move.kind === 'step' ? move.step.key : move.status === 'failed' ? move.error : move.status;
};

describe('nextMove', () => {
  const chain = definition(step('a'), step('b'));

  it.each([
    [{}, 'a'],
    [{ a: 'succeeded' }, 'b'],
    [{ a: 'skipped' }, 'b'],
    [{ a: 'succeeded', b: 'succeeded' }, 'succeeded'],
    [{ a: ERROR }, ERROR],
    [{ a: 'succeeded', b: ERROR }, ERROR],
  ] as const)('after %j of a, b comes %j', (ends, expected) => {
    expect(moveOf(chain, ends)).toEqual(expected);
  });

  it('passes over a failed step that is to be continued after', () => {
    const of = definition(step('a', { onError: 'continue' }), step('b'));
    expect(moveOf(of, { a: ERROR })).toBe('b');
    expect(moveOf(of, { a: ERROR, b: 'succeeded' })).toBe('succeeded');
  });

  it('runs the error steps of a failed step, then fails with its error', () => {
    const of = definition(step('a', { onError: 'error-steps', errorSteps: [step('e1'), step('e2')] }), step('b'));
    expect(moveOf(of, { a: ERROR })).toBe('e1');
    expect(moveOf(of, { a: ERROR, e1: 'succeeded' })).toBe('e2');
    expect(moveOf(of, { a: ERROR, e1: 'succeeded', e2: 'succeeded' })).toEqual(ERROR);
  });

  it('stops the error steps at one that fails, still with the first error', () => {
    const of = definition(step('a', { onError: 'error-steps', errorSteps: [step('e1'), step('e2')] }));
    expect(moveOf(of, { a: ERROR, e1: OTHER })).toEqual(ERROR);
  });

  it('leaves the error steps out when the step succeeds', () => {
    const of = definition(step('a', { onError: 'error-steps', errorSteps: [step('e1')] }), step('b'));
    expect(moveOf(of, { a: 'succeeded' })).toBe('b');
  });
});

describe('allSteps', () => {
  it('lists error steps after the step they belong to', () => {
    const steps = [step('a', { errorSteps: [step('e1')] }), step('b')];
    expect(allSteps(steps).map(({ key }) => key)).toEqual(['a', 'e1', 'b']);
  });
});
