import { createTestingStore, withKept } from './testing-store.js';

const result = (at: number) => ({ at, subject: {}, sample: 'task/1', answer: '{}' });
const KEPT = {
  sample: { kind: 'json' as const, text: '{"kept":1}' },
  results: { a: [result(0)], b: [result(900_000_000)] },
  agreed: ['a api.example.com'],
  examples: { a: '{}' },
};

describe('what the browser kept of tests', () => {
  it('is what the page begins with, but for tests that are older than seven days', () => {
    const { sample, results, agreed, examples } = withKept(createTestingStore().getState(), KEPT, 1_000_000_000);
    expect({ sample, agreed, examples }).toEqual({ sample: KEPT.sample, agreed: KEPT.agreed, examples: KEPT.examples });
    expect(results).toEqual({ a: [], b: KEPT.results.b });
  });

  it('takes nothing back that was done on the page before it was read', () => {
    const { getState } = createTestingStore();
    getState().choose({ kind: 'schema' });
    getState().agree('b', 'other.example.com');
    getState().setExample('b', '[]');
    getState().add('b', result(950_000_000));
    expect(withKept(getState(), KEPT, 1_000_000_000)).toMatchObject({
      sample: { kind: 'schema' },
      results: { b: [result(950_000_000)] },
      agreed: ['a api.example.com', 'b other.example.com'],
      examples: { a: '{}', b: '[]' },
    });
  });
});
