import { DEFAULT_RETRY, type Definition, type RetryPolicy, type Step } from '../core/definition.js';
import { AttemptState, type RunError } from '../core/run.js';
import type { PastAttempt } from '../runs/past-attempt.js';
import { compileStep, type RunnableDefinition } from './compiled-definitions.js';
import { RunProgress } from './run-progress.js';
import type { CallOutcome } from './step.executor.js';

const step = (key: string, retry: Partial<RetryPolicy> = {}): Step => ({
  key,
  name: key,
  kind: 'action',
  connector: 'http',
  action: 'get',
  connectionId: null,
  input: {
    url: 'https://example.com',
    query: [],
    headers: [],
    body: [],
    omitNulls: false,
    queryArrays: 'repeat',
    redirects: 0,
    success: { statuses: ['2xx'], when: null },
    pagination: null,
  },
  timeoutMs: 1_000,
  retry: { ...DEFAULT_RETRY, ...retry },
  onError: 'stop',
  errorSteps: [],
  idempotencyKey: true,
  if: null,
});
const runnableOf = (...steps: Step[]): RunnableDefinition => ({
  definition: { steps } as Definition,
  steps: new Map(steps.map((each) => [each.key, compileStep(each)])),
});
const SERVER_ERROR: RunError = { code: 'http_5xx', message: 'no' };
const past = (over: Partial<PastAttempt>): PastAttempt => ({
  step: 'a',
  number: 1,
  state: AttemptState.succeeded,
  status: 200,
  durationMs: 5,
  error: null,
  retried: false,
  response: null,
  ...over,
});
const outcome = (status: number, error: RunError | null, headers: [string, string][] = []): CallOutcome => ({
  response: { status, headers, body: Buffer.alloc(0), bytes: 0, truncated: false },
  durationMs: 1,
  timings: { dnsMs: 0, connectMs: 0, firstByteMs: 0 },
  remoteAddress: null,
  error,
  output: { status, headers: {}, body: null, durationMs: 1 },
});

describe('RunProgress', () => {
  const runnable = runnableOf(step('a'), step('b'));
  const a = runnable.steps.get('a')!;

  it('restores the outputs of finished steps from their stored answers', () => {
    const response = {
      headers: [['Content-Type', 'application/json']] as [string, string][],
      body: Buffer.from('{"n":1.0}'),
    };
    const progress = RunProgress.restore(runnable, [past({ response })]);
    expect(progress.ended.get('a')).toMatchObject({ status: 'succeeded' });
    expect(JSON.stringify(progress.outputs.a.body)).toBe('{"n":1.0}');
    expect(progress.outputs.a.status).toBe(200);
  });

  it('goes on with the next number where an attempt failed and may be made again', () => {
    const progress = RunProgress.restore(runnable, [
      past({ state: AttemptState.failed, status: 503, error: SERVER_ERROR }),
    ]);
    expect(progress.ended.has('a')).toBe(false);
    expect(progress.nextNumber('a')).toBe(2);
  });

  it.each<[string, Partial<PastAttempt>]>([
    ['its last attempt failed', { number: 10, status: 503, error: SERVER_ERROR }],
    ['it failed for good', { status: 404, error: { code: 'http_4xx', message: 'no' } }],
  ])('knows that a step is over when %s', (_why, over) => {
    const progress = RunProgress.restore(runnable, [past({ state: AttemptState.failed, ...over })]);
    expect(progress.ended.get('a')).toMatchObject({ status: 'failed', error: over.error });
  });

  it('calls a step poison when it was under way in three processes that died', () => {
    const unknown = [1, 2, 3].map((number) => past({ number, state: AttemptState.unknown, status: null }));
    expect(RunProgress.restore(runnable, unknown.slice(0, 2)).poison('a')).toBeNull();
    expect(RunProgress.restore(runnable, unknown).poison('a')).toMatchObject({ code: 'limit' });
  });

  it('passes over attempts of steps that the definition does not have', () => {
    expect(RunProgress.restore(runnable, [past({ step: 'gone' })]).ended.size).toBe(0);
  });

  it('says when to try again, by the receiver or by the policy, and when not at all', () => {
    const progress = new RunProgress();
    expect(progress.finish(a, 1, outcome(503, SERVER_ERROR), 0, 0.5)).toBe(1_000);
    expect(progress.finish(a, 2, outcome(503, SERVER_ERROR, [['Retry-After', '7']]), 0, 0)).toBe(7_000);
    expect(progress.ended.size).toBe(0);
    expect(progress.finish(a, 10, outcome(503, SERVER_ERROR), 0, 0.5)).toBeNull();
    expect(progress.ended.get('a')).toMatchObject({ status: 'failed' });
    expect(progress.outputs.a.status).toBe(503); // a later step may look at what went wrong
  });
});
