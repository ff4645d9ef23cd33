import type { Draft } from './draft.js';
import { newStep } from './new-step.js';
import { faultsOfStep, pointerOf, stepAt } from './pointers.js';

const step = (key: string) => newStep({ connector: 'http', action: 'get', title: key }, new Set());
const draft: Pick<Draft, 'steps'> = { steps: [step('a'), { ...step('b'), errorSteps: [step('tell')] }] };
const fault = (path: string) => ({ path, code: 'required', message: 'Say where to send it.' });

describe('a JSON pointer into a draft', () => {
  it.each([
    ['trigger', '/trigger'],
    ['b', '/steps/1'],
    ['tell', '/steps/1/errorSteps/0'],
  ])('leads to %s and back', (key, pointer) => {
    expect(pointerOf(draft, key)).toBe(pointer);
    expect(stepAt(draft, pointer)).toBe(key);
    expect(stepAt(draft, `${pointer}/input/url`)).toBe(key);
  });

  it('leads to no step where there is none', () => {
    expect(pointerOf(draft, 'gone')).toBeNull();
    expect(stepAt(draft, '/steps')).toBeNull();
    expect(stepAt(draft, '/steps/7/input')).toBeNull();
    expect(stepAt(draft, '/name')).toBeNull();
  });

  it('tells the problems of a step from those of its error steps and of steps numbered alike', () => {
    const faults = ['/steps/1/input/url', '/steps/1/errorSteps/0/input/url', '/steps/10/input/url'].map(fault);
    expect(faultsOfStep(draft, faults, 'b')).toEqual([faults[0]]);
    expect(faultsOfStep(draft, faults, 'tell')).toEqual([faults[1]]);
  });
});
