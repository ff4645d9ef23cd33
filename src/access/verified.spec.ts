import { Verified } from './verified.js';

describe('Verified', () => {
  it('asks once for many requests that come together, and then remembers', async () => {
    const asked: number[] = [];
    const verified = new Verified<{ name: string }>((hashes) => {
      asked.push(hashes.length);
      return Promise.resolve(new Map([['a', { name: 'a' }]]));
    });
    const found = await Promise.all([verified.find('a'), verified.find('a'), verified.find('b')]);
    expect(found).toEqual([{ name: 'a' }, { name: 'a' }, null]);
    expect(asked).toEqual([3]);
    expect(verified.peek('a', Date.now())).toEqual({ name: 'a' });
    expect(verified.peek('b', Date.now())).toBeUndefined();
  });

  it('remembers for five seconds', async () => {
    const verified = new Verified(() => Promise.resolve(new Map([['a', {}]])));
    await verified.find('a');
    expect(verified.peek('a', Date.now() + 4_000)).toBeDefined();
    expect(verified.peek('a', Date.now() + 5_001)).toBeUndefined();
  });

  it('does not remember what was read before it was told to forget', async () => {
    let answer: () => void = () => undefined;
    const verified = new Verified(async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return new Map([['a', {}]]);
    });
    const finding = verified.find('a');
    await new Promise((resolve) => setImmediate(resolve));
    verified.forget();
    answer();
    await finding;
    expect(verified.peek('a', Date.now())).toBeUndefined();
  });
});
