import { spawn, type StdioOptions } from 'node:child_process';
import { statSync } from 'node:fs';
import { access, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../logging/logger.js';
import { type ServerAccess, UNFINISHED_ACCESS } from './access-file.js';
import { type Account, childOptions, give } from './server-account.js';

const MAJOR_VERSION = '18';
const UNFINISHED = 'postgres.new-';
const INITDB_TIMEOUT_MS = 120_000;

export const dataFolder = (dataDir: string): string => join(dataDir, 'postgres');

/**
 * The server's own name for its data folder, which is its working directory: under a home folder of mode 0700 its
 * account could not walk there by path. Elsewhere than on Linux there is no such name.
 */
export const folderArgument = (folder: string): string => (process.platform === 'linux' ? '/proc/self/cwd' : folder);

/** A setting that every server on this folder gets, to be known by; by inode, so that a renamed folder is the same one. */
export function identity(dataDir: string): string {
  const { dev, ino } = statSync(dataFolder(dataDir), { bigint: true });
  return `cluster_name=hookline-${dev.toString(16)}-${ino.toString(16)}`;
}

export interface FolderOptions {
  dataDir: string;
  binaries: string;
  account: Account | null;
  access: ServerAccess;
  /** False only for data that nobody keeps. */
  fsync: boolean;
  logger: Logger;
}

/** Whether there is a whole data folder of our version. Throws where there is one of another version. */
export async function hasData(dataDir: string): Promise<boolean> {
  const folder = dataFolder(dataDir);
  try {
    await access(join(folder, 'global/pg_control'));
    const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
    if (version === MAJOR_VERSION) return true;
    throw new Error(
      `${folder} holds data of PostgreSQL ${version}, this is ${MAJOR_VERSION}: move it there by dump and restore.`,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Makes a new data folder beside its place and renames it, so that a crash leaves a whole one or none. */
export async function makeData(options: FolderOptions): Promise<void> {
  const { dataDir, account, logger } = options;
  const folder = dataFolder(dataDir);
  await setAsideBroken(folder, logger);
  const fresh = await mkdtemp(join(dataDir, UNFINISHED));
  try {
    await give(fresh, account);
    await runInitdb(fresh, options);
    await rename(fresh, folder);
    const parent = await open(dataDir, 'r');
    await parent.sync().finally(() => parent.close());
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

/** What killed programs left half made. An initdb that lost its program may write there still: then it goes next time. */
export async function removeUnfinished(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(UNFINISHED) && !name.startsWith(UNFINISHED_ACCESS)) continue;
    await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

/** Sets the password without knowing it, in single-user mode; no server may be running. */
export async function resetPassword({ dataDir, binaries, account, access }: FolderOptions): Promise<void> {
  const folder = dataFolder(dataDir);
  const args = ['--single', '-D', folderArgument(folder), '-c', identity(dataDir), 'postgres'];
  const sql = `alter role ${access.user} password '${access.password}'\n`;
  await run(join(binaries, 'bin/postgres'), args, folder, account, ['pipe', 'ignore', 'pipe'], sql);
}

/** An unfinished folder, as an older version or another tool may leave it. Never deleted: somebody may need it. */
async function setAsideBroken(folder: string, logger: Logger): Promise<void> {
  const entries = await readdir(folder).catch(() => null);
  if (entries === null) return;
  if (entries.length === 0) return rm(folder, { recursive: true });
  const aside = `${folder}.broken-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  await rename(folder, aside);
  logger.warn({ folder: aside }, 'database.incomplete_data_set_aside');
}

/**
 * The password travels in a file that is open already and has no name any more: no path to it must be walkable by the
 * server's account, and a crash leaves nothing behind.
 */
async function runInitdb(fresh: string, { dataDir, binaries, account, access, fsync }: FolderOptions): Promise<void> {
  const hidden = await mkdtemp(join(dataDir, UNFINISHED));
  const path = join(hidden, 'password');
  await writeFile(path, `${access.password}\n`, { mode: 0o600, flag: 'wx' });
  await give(path, account);
  const file = await open(path, 'r');
  try {
    if (process.platform === 'linux') await rm(hidden, { recursive: true });
    const password = process.platform === 'linux' ? '/proc/self/fd/3' : path;
    const args = ['-D', folderArgument(fresh), '-U', access.user, '-A', 'scram-sha-256', `--pwfile=${password}`];
    // Order by code point like the plain C locale, but with upper and lower case of every alphabet.
    args.push('-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
    if (!fsync) args.push('--no-sync');
    await run(join(binaries, 'bin/initdb'), args, fresh, account, ['ignore', 'ignore', 'pipe', file.fd]);
  } finally {
    await file.close();
    await rm(hidden, { recursive: true, force: true });
  }
}

/** Runs a tool to its end, in `cwd`; throws with the last lines it wrote. */
function run(
  binary: string,
  args: string[],
  cwd: string,
  account: Account | null,
  stdio: StdioOptions,
  input?: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, {
      ...childOptions(account),
      cwd,
      stdio,
      timeout: INITDB_TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stderr?.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-2_000)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${binary} ended with ${code ?? signal}: ${said.trim()}`));
    });
    child.stdin?.on('error', () => {}); // said by its exit
    child.stdin?.end(input);
  });
}
