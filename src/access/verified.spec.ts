import { createHash } from 'node:crypto';
import { Verified } from './verified.js';

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
const nameOf = (each: Buffer): string => each.toString('base64url');

describe('Verified', () => {
  it('asks once for many requests that come together, and then remembers', async () => {
    const asked: number[] = [];
    const verified = new Verified<{ name: string }>((hashes) => {
      asked.push(hashes.length);
      return Promise.resolve(new Map([[nameOf(hash('a')), { name: 'a' }]]));
    });
    const found = await Promise.all([verified.find(hash('a')), verified.find(hash('a')), verified.find(hash('b'))]);
    expect(found).toEqual([{ name: 'a' }, { name: 'a' }, null]);
    expect(asked).toEqual([3]);
    expect(verified.peek(hash('a'), Date.now())).toEqual({ name: 'a' });
    expect(verified.peek(hash('b'), Date.now())).toBeUndefined();
  });

  it('remembers for five seconds', async () => {
    const verified = new Verified(() => Promise.resolve(new Map([[nameOf(hash('a')), {}]])));
    await verified.find(hash('a'));
    expect(verified.peek(hash('a'), Date.now() + 4_000)).toBeDefined();
    expect(verified.peek(hash('a'), Date.now() + 5_001)).toBeUndefined();
  });

  it('does not remember what was read before it was told to forget', async () => {
    let answer: () => void = () => undefined;
    const verified = new Verified(async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return new Map([[nameOf(hash('a')), {}]]);
    });
    const finding = verified.find(hash('a'));
    await new Promise((resolve) => setImmediate(resolve));
    verified.forget();
    answer();
    await finding;
    expect(verified.peek(hash('a'), Date.now())).toBeUndefined();
  });
});
