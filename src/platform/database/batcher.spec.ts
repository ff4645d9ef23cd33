import { Batcher } from './batcher.js';

const settle = () => new Promise((resolve) => setImmediate(resolve));

function recorded(options: { maxItems: number; maxInFlight: number }) {
  const sent: number[][] = [];
  const release: (() => void)[] = [];
  const batcher = new Batcher<number, number>((items) => {
    sent.push(items);
    return new Promise((resolve) => release.push(() => resolve(items.map((item) => item * 10))));
  }, options);
  return { sent, release, batcher };
}

describe('Batcher', () => {
  it('sends what was pushed in one turn as one batch and answers each item', async () => {
    const { sent, release, batcher } = recorded({ maxItems: 10, maxInFlight: 2 });
    const answers = Promise.all([batcher.push(1), batcher.push(2)]);
    await settle();
    release[0]();
    expect(await answers).toEqual([10, 20]);
    expect(sent).toEqual([[1, 2]]);
  });

  it('collects while as many batches as allowed are on their way', async () => {
    const { sent, release, batcher } = recorded({ maxItems: 10, maxInFlight: 1 });
    const first = batcher.push(1);
    await settle();
    const rest = Promise.all([batcher.push(2), batcher.push(3)]);
    await settle();
    expect(sent).toEqual([[1]]);
    release[0]();
    await first;
    await settle();
    release[1]();
    await rest;
    expect(sent).toEqual([[1], [2, 3]]);
  });

  it('never sends more than the limit in one batch, and loses none', async () => {
    const sent: number[][] = [];
    const batcher = new Batcher<number, number>(
      async (items) => {
        sent.push(items);
        return items;
      },
      { maxItems: 3, maxInFlight: 2 },
    );
    const numbers = Array.from({ length: 10 }, (_, index) => index);
    expect(await Promise.all(numbers.map((number) => batcher.push(number)))).toEqual(numbers);
    expect(sent.map((batch) => batch.length)).toEqual([3, 3, 3, 1]);
  });

  it('keeps a batch under its weight, but always sends one item', async () => {
    const sent: number[][] = [];
    const batcher = new Batcher<number, number>(
      async (items) => {
        sent.push(items);
        return items;
      },
      { maxItems: 10, maxInFlight: 1, weigh: (item) => item, maxWeight: 5 },
    );
    await Promise.all([2, 3, 9, 1].map((item) => batcher.push(item)));
    expect(sent).toEqual([[2, 3], [9], [1]]);
  });

  it('sends the items singly when the database refuses the content of one, so that only that one fails', async () => {
    const refuses = async (items: number[]) => {
      if (items.includes(2)) throw Object.assign(new Error('invalid byte sequence'), { code: '22021' });
      return items;
    };
    const batcher = new Batcher<number, number>(refuses, { maxItems: 10, maxInFlight: 1 });
    const results = await Promise.allSettled([1, 2, 3].map((item) => batcher.push(item)));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('gives every item of a batch the error when the database is away', async () => {
    const batcher = new Batcher<number, number>(() => Promise.reject(new Error('away')), {
      maxItems: 10,
      maxInFlight: 1,
    });
    const results = await Promise.allSettled([1, 2].map((item) => batcher.push(item)));
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  });
});
