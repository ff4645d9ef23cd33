import { createHash } from 'node:crypto';
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BinaryLink, makeLinks } from './binary-links.js';

const MANIFEST = 'manifest.json';
/** Of a copy that was never finished; nobody copies for that long. */
const ABANDONED_AFTER_MS = 3_600_000;
/** Only linkers and compilers read these. */
const NOT_NEEDED = /\.a$|^lib\/pkgconfig$|^lib\/postgresql\/pgxs$/;

/** Path in the copy → `sha256:…` of a file, `link:…` of a link, `folder`. */
type Manifest = Record<string, string>;

/**
 * A copy of the binaries in `place`, made now or earlier. An earlier one is used only if everything in it is ours,
 * writable by nobody else and of the recorded content; otherwise it is put aside and made anew. It appears by one
 * rename, so that another process sees all of it or nothing.
 */
export async function keepCopy(native: string, links: BinaryLink[], place: string, name: string): Promise<string> {
  await mkdir(place, { mode: 0o755 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await checkOwn(place);
  const path = join(place, name);
  const problem = await faultOf(path);
  if (problem === null) return path;
  await removeAbandoned(place);
  const made = await makeCopy(native, links, place);
  for (let tries = 0; ; tries++) {
    try {
      await rename(made, path);
      return path;
    } catch (error) {
      if (tries > 3 || !['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
        throw error;
    }
    if ((await faultOf(path)) === null) {
      await rm(made, { recursive: true, force: true }); // another process of ours was first
      return path;
    }
    const aside = await mkdtemp(join(place, '.new-'));
    await rename(path, join(aside, name)).catch(() => {});
    await rm(aside, { recursive: true, force: true });
  }
}

async function makeCopy(native: string, links: BinaryLink[], place: string): Promise<string> {
  const folder = await mkdtemp(join(place, '.new-'));
  try {
    // The links are written relative to the folder above `native`, so the copy keeps that shape for a moment.
    await mkdir(join(folder, 'native'));
    await copyTree(native, join(folder, 'native'), '');
    await makeLinks(join(folder, 'native'), links);
    for (const entry of await readdir(join(folder, 'native'))) {
      await rename(join(folder, 'native', entry), join(folder, entry));
    }
    await rm(join(folder, 'native'), { recursive: true });
    await writeFile(join(folder, MANIFEST), JSON.stringify(await describe(folder), null, 1), { mode: 0o644 });
    await chmod(folder, 0o755);
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Links are left out: they are made from the package's list. Modes are set, not kept: a strict umask made the source. */
async function copyTree(from: string, to: string, path: string): Promise<void> {
  for (const entry of await readdir(join(from, path), { withFileTypes: true })) {
    const inner = path ? `${path}/${entry.name}` : entry.name;
    if (NOT_NEEDED.test(inner)) continue;
    const target = join(to, inner);
    if (entry.isDirectory()) {
      await mkdir(target);
      await chmod(target, 0o755);
      await copyTree(from, to, inner);
    } else if (entry.isFile()) {
      const { mode } = await lstat(join(from, inner));
      await copyFile(join(from, inner), target);
      await chmod(target, mode & 0o100 ? 0o755 : 0o644);
    }
  }
}

/** Null where the copy may be used. */
async function faultOf(path: string): Promise<string | null> {
  try {
    await checkOwn(path);
    await checkOwn(join(path, MANIFEST));
    const recorded = JSON.parse(await readFile(join(path, MANIFEST), 'utf8')) as Manifest;
    const found = await describe(path);
    const names = new Set([...Object.keys(recorded), ...Object.keys(found)]);
    for (const name of names) if (recorded[name] !== found[name]) return `${name} is not what was copied`;
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Throws where something is not ours or others may write it. */
async function describe(root: string, path = ''): Promise<Manifest> {
  const manifest: Manifest = {};
  for (const entry of await readdir(join(root, path), { withFileTypes: true })) {
    const inner = path ? `${path}/${entry.name}` : entry.name;
    if (inner === MANIFEST) continue;
    const full = join(root, inner);
    if (entry.isSymbolicLink()) {
      manifest[inner] = `link:${await readlink(full)}`;
      continue;
    }
    await checkOwn(full);
    if (entry.isDirectory()) Object.assign(manifest, { [inner]: 'folder' }, await describe(root, inner));
    else
      manifest[inner] = `sha256:${createHash('sha256')
        .update(await readFile(full))
        .digest('hex')}`;
  }
  return manifest;
}

async function checkOwn(path: string): Promise<void> {
  const stat = await lstat(path);
  const proper = (stat.isDirectory() || stat.isFile()) && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
  if (!proper) throw new Error(`${path} is not ours alone (in ${dirname(path)})`);
}

async function removeAbandoned(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    if (!name.startsWith('.new-')) continue;
    const { mtimeMs } = await lstat(join(place, name)).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(join(place, name), { recursive: true, force: true });
  }
}
