import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFolder, identity } from './data-folder.js';

const PID_FILE_SETTLES_MS = 1_000;

/** What a running server says of itself in `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  port: number;
  status: string;
}

/** The server that runs on this data folder, of this program or of an earlier one; null: none. */
export async function findServer(dataDir: string): Promise<Postmaster | null> {
  const found = await readPidFile(dataDir);
  return found && isServer(found.pid, dataDir) ? found : null;
}

/**
 * PostgreSQL sees through the pid file of a dead process by itself, and needs it to see the dead one's children. It
 * cannot see through a damaged one, nor through one whose number belongs to somebody else by now. Only where no server
 * was found; a file just made may be damaged only because it is being written.
 */
export async function removeMisleadingPidFile(dataDir: string): Promise<void> {
  const path = pidFile(dataDir);
  let found = await readPidFile(dataDir);
  if (!found) {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
    await sleep(Math.max(0, Math.min(mtimeMs + PID_FILE_SETTLES_MS - Date.now(), PID_FILE_SETTLES_MS)));
    found = await readPidFile(dataDir);
  }
  if (found && (!isAlive(found.pid) || isPostgres(found.pid))) return;
  await rm(path, { force: true });
}

const pidFile = (dataDir: string): string => join(dataFolder(dataDir), 'postmaster.pid');

/** Null where there is none, or nothing that makes sense. */
async function readPidFile(dataDir: string): Promise<Postmaster | null> {
  const text = await readFile(pidFile(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n').map((line) => line.trim());
  // A negative number is a server in single-user mode, as it sets a password: ours, orphaned, and ending.
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid === 0) return null;
  return { pid, port: Number(lines[3] ?? 0), status: lines[7] ?? '' };
}

/** True for a process that runs; false for one that ended, whether or not its parent has asked. */
export function isAlive(pid: number): boolean {
  try {
    if (process.platform !== 'linux') return process.kill(pid, 0);
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^[ZXx]/.test(line.slice(line.lastIndexOf(')') + 2));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Its command line carries the data folder's identity, which every user may read; /proc/pid/cwd often not even root. */
function isServer(pid: number, dataDir: string): boolean {
  if (!isAlive(pid)) return false;
  if (` ${commandLine(pid)} `.includes(` ${identity(dataDir)} `)) return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === dataFolder(dataDir); // started by hand
  } catch {
    return false;
  }
}

const isPostgres = (pid: number): boolean => commandLine(pid).includes('postgres');

/** Empty where it cannot be read: it ended meanwhile. */
function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
