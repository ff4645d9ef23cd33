import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'secret.key';

/**
 * The key kept in the data folder, made by whoever comes first. It is written whole under another name and then linked
 * to its own (link(2) replaces nothing), so that of two processes both read the same one, whatever is killed when.
 * Throws where the file holds something else: a new key would make every stored secret unreadable.
 */
export async function keyFromFile(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, FILE);
  const text = (await readIfThere(path)) ?? (await makeFile(dataDir, path));
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === 32) return key;
  throw new Error(
    `${path} does not hold a key of 32 bytes in base64: put the right file back, or set HOOKLINE_SECRET_KEY.`,
  );
}

async function makeFile(dataDir: string, path: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const temporary = join(dataDir, `.${FILE}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(`${randomBytes(32).toString('base64')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    // The name too must survive a power cut before anything is sealed with the key.
    const folder = await open(dataDir, 'r');
    await folder.sync().finally(() => folder.close());
  } finally {
    await rm(temporary, { force: true });
  }
  return readFile(path, 'utf8');
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
