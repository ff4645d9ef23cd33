import { newStep } from './new-step.js';
import { neighbourOf, stepBeside } from './walk.js';

const step = (key: string) => newStep({ connector: 'http', action: 'get', title: key }, new Set());
const draft = { steps: [{ ...step('a'), errorSteps: [step('tell'), step('log')] }, step('b')] };

it.each([
  ['trigger', 'down', 'a'],
  ['a', 'down', 'b'],
  ['b', 'up', 'a'],
  ['a', 'up', 'trigger'],
  ['a', 'right', 'tell'],
  ['tell', 'down', 'log'],
  ['tell', 'up', 'a'],
  ['log', 'left', 'a'],
  ['b', 'down', null],
  ['b', 'right', null],
  ['trigger', 'up', null],
] as const)('leads from %s %s to %s', (from, direction, to) => expect(neighbourOf(draft, from, direction)).toBe(to));

it('walks through all of them in the order of their numbers', () => {
  const order: (string | null)[] = ['trigger'];
  while (order.at(-1)) order.push(stepBeside(draft, order.at(-1)!, 1));
  expect(order).toEqual(['trigger', 'a', 'tell', 'log', 'b', null]);
  expect(stepBeside(draft, 'trigger', -1)).toBeNull();
});
