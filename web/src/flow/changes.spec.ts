import type { Step, Trigger } from '../api/types.js';
import { changesBetween } from './changes.js';
import { newStep } from './new-step.js';

const step = (key: string, rest: Partial<Step> = {}): Step => ({
  ...newStep({ connector: 'http', action: 'post', title: key }, new Set()),
  ...rest,
});
const trigger = {
  type: 'event',
  eventType: 'a.b',
  filter: null,
  path: null,
  whenOff: 'hold',
  orderingKey: null,
} as Trigger;
const told = (before: Step[], after: Step[], to: Trigger = trigger) =>
  changesBetween({ trigger, steps: before }, { trigger: to, steps: after }).map(({ kind, step: key, number, parts }) =>
    [kind, key, number, ...parts].join(' '),
  );

describe('what makes one version another', () => {
  it('is nothing where only the order of members differs', () => {
    const backwards = Object.fromEntries(Object.entries(step('a')).reverse()) as unknown as Step;
    expect(told([step('a')], [backwards])).toEqual([]);
  });

  it('is every step added, removed or changed, with what of it', () => {
    const changed = step('b', {
      name: 'Two',
      input: { ...step('b').input, url: 'https://x.example', omitNulls: true },
    });
    expect(told([step('a'), step('b')], [changed, step('c')])).toEqual([
      'changed b 2 name URL empty values',
      'added c 3',
      'removed a 2',
    ]);
  });

  it('is what starts it', () => {
    expect(told([], [], { ...trigger, eventType: 'c.d', filter: 'true' })).toEqual([
      'changed trigger 1 event condition',
    ]);
  });

  it('is the one step that was moved, not those it passed', () => {
    expect(
      told(
        ['a', 'b', 'c', 'd'].map((key) => step(key)),
        ['d', 'a', 'b', 'c'].map((key) => step(key)),
      ),
    ).toEqual(['moved d 2']);
    expect(told([step('a'), step('b')], [step('a', { errorSteps: [step('b')] })])).toEqual(['moved b 3']);
  });

  it('is an error step as much as any other', () => {
    const before = [step('a', { errorSteps: [step('tell')] })];
    expect(told(before, [step('a', { errorSteps: [step('tell', { timeoutMs: 1 })] })])).toEqual([
      'changed tell 3 time limit',
    ]);
  });
});
