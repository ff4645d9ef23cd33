import { arrayLiteral } from './array-literal.js';

it.each([
  [[], '{}'],
  [[null, 'a-1', 2, 0, true, false, '2026-11-22T12:00:00.000Z'], '{NULL,a-1,2,0,true,false,2026-11-22T12:00:00.000Z}'],
])('%j is written as %s', (values, text) => {
  expect(arrayLiteral(values)).toBe(text);
});
