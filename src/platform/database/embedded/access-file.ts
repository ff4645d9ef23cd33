import { randomBytes } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** How our processes reach the server they share. */
export interface ServerAccess {
  host: string;
  /** 0: none chosen yet. */
  port: number;
  user: string;
  password: string;
  database: string;
  pid: number | null;
  /** Process ids and loopback ports mean something only in here: programs in two containers cannot share a server. */
  namespace: string;
}

const FILE = 'database.json';
/** How names of its temporary files begin. */
export const UNFINISHED_ACCESS = `.${FILE}.`;

/** Of this process; empty where the system has none. */
export function namespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

export const newAccess = (): ServerAccess => ({
  host: '127.0.0.1',
  port: 0,
  user: 'hookline',
  password: randomBytes(24).toString('base64url'),
  database: 'hookline',
  pid: null,
  namespace: namespace(),
});

export const accessUrl = ({ host, port, user, password, database }: ServerAccess, name = database): string =>
  `postgres://${user}:${password}@${host}:${port}/${name}`;

/** Null where there is none, or nothing that makes sense. */
export async function readAccess(dataDir: string): Promise<ServerAccess | null> {
  try {
    const parsed = JSON.parse(await readFile(join(dataDir, FILE), 'utf8')) as Partial<ServerAccess>;
    const { port, password, pid = null, namespace = '' } = parsed;
    if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65535) return null;
    if (typeof password !== 'string' || !/^[A-Za-z0-9_-]{16,}$/.test(password)) return null;
    return { ...newAccess(), port, password, pid, namespace };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Mode 0600, and whole or not at all: it holds the only copy of the password. */
export async function writeAccess(dataDir: string, access: ServerAccess): Promise<void> {
  const temporary = join(dataDir, `${UNFINISHED_ACCESS}${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(access, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(dataDir, FILE));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
