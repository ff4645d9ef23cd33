import type { WhenMissing } from './definition.js';
import { pairFate, withoutNulls } from './mapping.js';

const send = (value: unknown) => ({ kind: 'send', value });
const LEAVE_OUT = { kind: 'leave-out' };

describe('pairFate', () => {
  it.each([
    ['send-null', send(null)],
    ['omit', LEAVE_OUT],
    ['empty', send('')],
    ['default', send('d')],
    ['fail', { kind: 'fail' }],
  ] as [WhenMissing, unknown][])('with rule %s decides about a null value', (whenMissing, expected) => {
    expect(pairFate({ whenMissing, default: 'd' }, null, false)).toEqual(expected);
    expect(pairFate({ whenMissing, default: 'd' }, undefined, true)).toEqual(expected);
  });

  it('sends null unless the step omits nulls', () => {
    expect(pairFate({}, null, false)).toEqual(send(null));
    expect(pairFate({}, null, true)).toEqual(LEAVE_OUT);
  });

  it.each([0, false, '', [], {}])('never takes %j for null', (value) => {
    for (const whenMissing of ['send-null', 'omit', 'empty', 'default', 'fail'] as const) {
      expect(pairFate({ whenMissing }, value, true)).toEqual(send(value));
    }
  });

  it('leaves nulls inside a value out only where nulls are omitted', () => {
    const value = { a: null, b: { c: null, d: 0 } };
    expect(pairFate({}, value, true)).toEqual(send({ b: { d: 0 } }));
    expect(pairFate({}, value, false)).toEqual(send(value));
    expect(pairFate({ whenMissing: 'send-null' }, value, true)).toEqual(send(value));
  });
});

describe('withoutNulls', () => {
  it('keeps nulls in lists, where they hold a place', () => {
    expect(withoutNulls([1, null, { a: null, b: [null] }])).toEqual([1, null, { b: [null] }]);
  });
});
