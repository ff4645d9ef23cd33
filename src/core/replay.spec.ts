import type { Step } from './definition.js';
import { reached, replayPlan, type StepTrace } from './replay.js';

const steps = (...keys: string[]): Step[] =>
  keys.map((key) => {
    const [name, onError = 'stop'] = key.split(':');
    return { key: name, onError, errorSteps: [] } as unknown as Step;
  });
const traces = (marks: Record<string, StepTrace>) => new Map(Object.entries(marks));

describe('reached', () => {
  it.each([
    ['nothing was tried', steps('a', 'b'), {}, false, 0],
    ['the first failed', steps('a', 'b'), { a: 'failed' }, false, 0],
    ['the second failed', steps('a', 'b'), { a: 'succeeded', b: 'failed' }, false, 1],
    ['one before it was skipped', steps('a', 'b', 'c'), { a: 'succeeded', c: 'failed' }, false, 2],
    ['one before it failed and was passed over', steps('a:continue', 'b'), { a: 'failed', b: 'failed' }, false, 1],
    ['it ended while one that would be passed over was tried', steps('a:continue', 'b'), { a: 'failed' }, false, 0],
    ['it ended between two steps', steps('a', 'b'), { a: 'succeeded' }, false, 1],
    ['it succeeded and skipped the last', steps('a', 'b'), { a: 'succeeded' }, true, 2],
  ] as const)('where %s', (_, list, marks, succeeded, index) => {
    expect(reached(list, traces(marks), succeeded)).toBe(index);
  });
});

describe('replayPlan', () => {
  const old = { steps: steps('a', 'b', 'c'), traces: traces({ a: 'succeeded', b: 'failed' }), succeeded: false };

  it('takes nothing over from the start', () => {
    expect(replayPlan('start', old.steps, old)).toEqual({ kind: 'plan', fromStart: true, taken: [] });
  });
  it('keeps what is before the failed step', () => {
    expect(replayPlan('failed', old.steps, old)).toEqual({ kind: 'plan', fromStart: false, taken: ['a'] });
  });
  it('takes nothing over from the first step, and goes on with its chain', () => {
    expect(replayPlan('a', old.steps, old)).toEqual({ kind: 'plan', fromStart: false, taken: [] });
  });
  it('runs a step that a newer version has before the failed one', () => {
    expect(replayPlan('failed', steps('a', 'new', 'b'), old)).toEqual({ kind: 'plan', fromStart: false, taken: ['a'] });
  });
  it.each([
    ['a step that was not reached', 'c', old.steps, 'step_not_reached'],
    ['a step that there is not', 'x', old.steps, 'unknown_step'],
    ['the failed step where the version has it no more', 'failed', steps('a'), 'unknown_step'],
  ])('refuses %s', (_, from, target, code) => {
    expect(replayPlan(from, target, old)).toMatchObject({ kind: 'refused', code });
  });
  it('refuses the failed step of a run that succeeded', () => {
    const succeeded = { ...old, traces: traces({ a: 'succeeded' }), succeeded: true };
    expect(replayPlan('failed', old.steps, succeeded)).toMatchObject({ kind: 'refused', code: 'nothing_failed' });
  });
});
