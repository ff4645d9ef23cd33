import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** One `.so` link, both ends relative to the folder that holds `native`. */
export interface BinaryLink {
  source: string;
  target: string;
}

export const readLinks = async (native: string): Promise<BinaryLink[]> =>
  JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as BinaryLink[];

/** The package's install script makes these, but npm blocks install scripts. */
export async function makeLinks(native: string, links: BinaryLink[]): Promise<void> {
  const root = dirname(native);
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    await symlink(relative(dirname(path), join(root, source)), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error; // another process of ours was first
    });
  }
}
