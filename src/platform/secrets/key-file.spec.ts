import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyFromFile } from './key-file.js';

describe('the key in the data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hookline-key-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made once, for its owner only, and read from then on', async () => {
    const key = await keyFromFile(folder);
    expect(key).toHaveLength(32);
    expect(await keyFromFile(folder)).toEqual(key);
    expect((await stat(join(folder, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['secret.key']);
  });

  it('is one key for all who ask for it at once', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => keyFromFile(folder)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(folder)).toEqual(['secret.key']);
  });

  it('is never replaced: a file that holds something else is an error', async () => {
    await writeFile(join(folder, 'secret.key'), 'rubbish\n');
    await expect(keyFromFile(folder)).rejects.toThrow('secret.key does not hold a key');
  });
});
