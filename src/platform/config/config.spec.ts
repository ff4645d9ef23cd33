import { randomBytes } from 'node:crypto';
import { ConfigError, readConfig } from './config.js';

const problems = (env: Record<string, string>): string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};
const DATABASE_URL = 'postgres://u:p@db.example/h';
const keys = [randomBytes(32), randomBytes(32)];

describe('HOOKLINE_SECRET_KEY', () => {
  it('is a list of keys of 32 bytes in base64', () => {
    const list = `${keys[0].toString('base64')}, ${keys[1].toString('base64url')}`;
    expect(readConfig({ HOOKLINE_SECRET_KEY: list }).secretKeys).toEqual(keys);
  });

  it('may be left out where Hookline has its own database, and only there', () => {
    expect(readConfig({}).secretKeys).toEqual([]);
    expect(problems({ DATABASE_URL })).toEqual([expect.stringContaining('HOOKLINE_SECRET_KEY is needed')]);
    expect(problems({ DATABASE_URL, HOOKLINE_SECRET_KEY: keys[0].toString('base64') })).toEqual([]);
  });

  it.each(['short', 'a'.repeat(64), `${keys[0].toString('base64')},x`, keys[0].toString('hex')])(
    'is refused, and not shown, where it is no such list',
    (value) => {
      const found = problems({ HOOKLINE_SECRET_KEY: value });
      expect(found).toEqual([expect.stringContaining('HOOKLINE_SECRET_KEY must be')]);
      expect(found[0]).not.toContain(value);
    },
  );
});
