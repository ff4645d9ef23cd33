import { jest } from '@jest/globals';
import type { Asked } from '../../../api/types.js';
import { PreviewStore } from './preview-store.js';

describe('previews', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('are asked for together, once, after the last wish', async () => {
    const asked: Asked[][] = [];
    const store = new PreviewStore((expressions) => {
      asked.push(expressions);
      return Promise.resolve({
        values: expressions.map(() => 1),
        types: expressions.map(() => 'number' as const),
        errors: expressions.map(() => null),
      });
    });
    store.want('value', '{{ a }}');
    store.want('url', '{{ a }}');
    await jest.advanceTimersByTimeAsync(20);
    store.want('value', '{{ a }}');
    store.want('value', '{{ b');
    store.forget('value', '{{ b');
    store.want('value', '{{ b }}');
    await jest.advanceTimersByTimeAsync(299);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(asked).toEqual([
      [
        { as: 'value', value: '{{ a }}' },
        { as: 'url', value: '{{ a }}' },
      ],
      [{ as: 'value', value: '{{ b }}' }],
    ]);
    expect(store.get('url', '{{ a }}')).toEqual({ kind: 'value', value: 1, type: 'number' });
    expect(store.get('value', '{{ a }}')).toBe(store.get('value', '{{ a }}'));
  });

  it('that cannot be had are left out, and asked for again', async () => {
    let calls = 0;
    const store = new PreviewStore(() => {
      calls += 1;
      return Promise.reject(new Error('away'));
    });
    store.want('value', '{{ a }}');
    await jest.advanceTimersByTimeAsync(20);
    expect(store.get('value', '{{ a }}')).toBeUndefined();
    store.want('value', '{{ a }}');
    await jest.advanceTimersByTimeAsync(20);
    expect(calls).toBe(2);
  });
});
