import type { Draft } from './draft.js';
import { newStep } from './new-step.js';
import { freeKey, keyFrom } from './step-keys.js';
import { allSteps, copyStep, findStep, insertStep, moveStep, removeStep, renameStep, stepNumber } from './steps.js';

const step = (key: string, url = '') => {
  const made = newStep({ connector: 'http', action: 'post', title: key }, new Set());
  return { ...made, input: { ...made.input, url } };
};
const draft = (...keys: string[]): Draft => ({
  name: 'Test',
  description: '',
  trigger: { type: 'manual', eventType: null, filter: null, path: null, whenOff: 'hold', orderingKey: null },
  steps: keys.map((key) => step(key)),
});
const keys = ({ steps }: Draft) =>
  steps.map((each) => [each.key, ...each.errorSteps.map(({ key }) => `!${key}`)].join(''));
const withErrorStep = insertStep(draft('a', 'b'), step('tell'), { errorStepOf: 'a' });

describe('the chain of steps', () => {
  it('takes a step after, before, first, and among the error steps of one', () => {
    expect(keys(insertStep(draft('a', 'b'), step('c'), { after: 'a' }))).toEqual(['a', 'c', 'b']);
    expect(keys(insertStep(draft('a', 'b'), step('c'), { before: 'a' }))).toEqual(['c', 'a', 'b']);
    expect(keys(insertStep(draft('a'), step('c'), { first: true }))).toEqual(['c', 'a']);
    expect(keys(withErrorStep)).toEqual(['a!tell', 'b']);
    expect(findStep(withErrorStep, 'a')!.step.onError).toBe('error-steps');
    expect(keys(insertStep(withErrorStep, step('log'), { before: 'tell' }))).toEqual(['a!log!tell', 'b']);
  });

  it('lets an error step have no error steps of its own', () => {
    const moved = insertStep(withErrorStep, { ...withErrorStep.steps[0], key: 'copy' }, { after: 'tell' });
    expect(findStep(moved, 'copy')!.step).toMatchObject({ onError: 'stop', errorSteps: [] });
  });

  it('moves a step among its own, and no further than the ends', () => {
    const chain = draft('a', 'b', 'c');
    expect(keys(moveStep(chain, 'b', -1))).toEqual(['b', 'a', 'c']);
    expect(keys(moveStep(chain, 'b', 1))).toEqual(['a', 'c', 'b']);
    expect(moveStep(chain, 'a', -1)).toBe(chain);
    expect(moveStep(withErrorStep, 'tell', 1)).toBe(withErrorStep);
  });

  it('shares every step that did not change', () => {
    const chain = draft('a', 'b');
    const renamed = renameStep(chain, 'b', 'Two');
    expect(renamed.steps[0]).toBe(chain.steps[0]);
    expect(renamed.steps[1]).toMatchObject({ key: 'b', name: 'Two' });
    expect(renameStep(renamed, 'b', 'Two')).toBe(renamed);
    expect(chain.steps[1].name).toBe('b');
  });

  it('forgets a step, in the chain or among error steps', () => {
    expect(keys(removeStep(withErrorStep, 'tell'))).toEqual(['a', 'b']);
    expect(keys(removeStep(withErrorStep, 'a'))).toEqual(['b']);
  });

  it('numbers steps from 2, because what starts it is 1, error steps included', () => {
    expect(allSteps(withErrorStep.steps).map(({ key }) => stepNumber(withErrorStep, key))).toEqual([2, 3, 4]);
  });

  it('copies a step under keys of its own, and lets the copy read itself', () => {
    const parent = {
      ...step('a'),
      errorSteps: [step('tell', 'https://x.example/{{ steps.a.status }}/{{ steps.ab.body }}')],
    };
    const copy = copyStep({ ...draft(), steps: [parent] }, parent);
    expect(copy.key).toBe('a_2');
    expect(copy.errorSteps[0]).toMatchObject({
      key: 'tell_2',
      input: { url: 'https://x.example/{{ steps.a_2.status }}/{{ steps.ab.body }}' },
    });
  });
});

describe('the key of a step', () => {
  it('is made of its first name', () => {
    expect(keyFrom('Create the entry')).toBe('create_the_entry');
    expect(keyFrom('3. Überweisung – Größe!')).toBe('uberweisung_gro_e');
    expect(keyFrom('你好')).toBe('step');
    expect(keyFrom('x'.repeat(90))).toHaveLength(64);
  });

  it('is unique', () => {
    expect(freeKey('send', new Set())).toBe('send');
    expect(freeKey('send', new Set(['send', 'send_2']))).toBe('send_3');
    expect(freeKey('send_2', new Set(['send_2']))).toBe('send_3');
    const long = 'x'.repeat(64);
    expect(freeKey(long, new Set([long]))).toBe(`${'x'.repeat(62)}_2`);
  });
});
