import { randomBytes } from 'node:crypto';
import { KeyRing, keyIdOf, SealError } from './key-ring.js';

const PLACE = { table: 'connections', id: '0193-a', column: 'secret' };
const [first, second] = [randomBytes(32), randomBytes(32)];

const reasonOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof SealError) return error.reason;
    throw error;
  }
  return 'opened';
};

describe('sealed values', () => {
  const ring = new KeyRing([first]);

  it.each(['', 'pässwörd', 'x'.repeat(100_000)])('come back as they were', (text) => {
    expect(ring.open(ring.seal(text, PLACE), PLACE)).toBe(text);
  });

  it('say which key and which version sealed them, and nothing else', () => {
    const sealed = ring.seal('canary', PLACE);
    expect(sealed).toMatch(new RegExp(`^v1\\.${keyIdOf(first)}\\.[A-Za-z0-9_-]+$`));
    expect(Buffer.from(sealed.split('.')[2], 'base64url').toString('latin1')).not.toContain('canary');
    expect(ring.seal('canary', PLACE)).not.toBe(sealed);
  });

  it.each([{ table: 'other' }, { id: '0193-b' }, { column: 'auth' }])('open in no other place: %j', (other) => {
    const sealed = ring.seal('canary', PLACE);
    expect(reasonOf(() => ring.open(sealed, { ...PLACE, ...other }))).toBe('damaged');
  });

  it('do not open where a single bit was changed', () => {
    const [version, id, data] = ring.seal('canary', PLACE).split('.');
    const bytes = Buffer.from(data, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] ^= 1;
      expect(reasonOf(() => ring.open(`${version}.${id}.${changed.toString('base64url')}`, PLACE))).toBe('damaged');
    }
  });

  it.each(['', 'v1', 'v1..', 'v2.a.b', 'v1.a.b.c', `v1.${keyIdOf(first)}.AAAA`])(
    'are refused as rubbish: %j',
    (text) => {
      expect(reasonOf(() => ring.open(text, PLACE))).toBe('damaged');
    },
  );

  it('are sealed by the first key and opened by any', () => {
    const old = ring.seal('canary', PLACE);
    const rotated = new KeyRing([second, first]);
    expect(rotated.open(old, PLACE)).toBe('canary');
    expect(rotated.seal('canary', PLACE)).toContain(keyIdOf(second));
  });

  it('name the key that is missing', () => {
    const sealed = ring.seal('canary', PLACE);
    const other = new KeyRing([second]);
    expect(reasonOf(() => other.open(sealed, PLACE))).toBe('unknown_key');
    expect(() => other.open(sealed, PLACE)).toThrow(keyIdOf(first));
  });
});
