import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFolder, type FolderOptions, folderArgument, identity } from './data-folder.js';
import { childOptions } from './server-account.js';

const POLL_MS = 10;
/** Crash recovery may have gigabytes of log to read. */
const START_TIMEOUT_MS = 10 * 60_000;
const PID_FILE_SETTLES_MS = 1_000;
const MAX_LOG_BYTES = 8 * 1024 * 1024;

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

export class StartError extends Error {
  constructor(
    /** `again`: its port is taken, or another server is ending or just starting on the same data. */
    readonly reason: 'again' | 'other',
    log: string,
  ) {
    super(`PostgreSQL did not start: ${log.trim().split('\n').slice(-3).join(' | ') || 'it said nothing'}`);
  }
}

/** Resolves when the server takes connections. It outlives this process. Throws `StartError`. */
export async function startServer(options: FolderOptions, port: number): Promise<Postmaster> {
  const { dataDir, binaries, account } = options;
  const folder = dataFolder(dataDir);
  const logPath = join(dataDir, 'postgres.log');
  if (
    await stat(logPath).then(
      (found) => found.size > MAX_LOG_BYTES,
      () => false,
    )
  )
    await rename(logPath, `${logPath}.1`);
  const log = await open(logPath, 'a+', 0o600);
  try {
    const logStart = (await log.stat()).size;
    const args = ['-D', folderArgument(folder), ...settings(port, identity(dataDir), options.fsync)];
    const child = spawn(join(binaries, 'bin/postgres'), args, {
      ...childOptions(account),
      cwd: folder,
      stdio: ['ignore', log.fd, log.fd],
    });
    child.unref();
    let ended = false;
    let refusal = '';
    child.on('error', (error) => {
      ended = true;
      refusal = error.message;
    });
    child.on('exit', () => (ended = true));
    for (const giveUpAt = performance.now() + START_TIMEOUT_MS; performance.now() < giveUpAt; await sleep(POLL_MS)) {
      const server = child.pid && !ended ? await findServer(dataDir) : null;
      if (server?.pid === child.pid && server?.status === 'ready') return server;
      if (!ended) continue;
      const said = Buffer.alloc(4_096);
      const { bytesRead } = await log.read(said, 0, said.length, logStart);
      throw startError(refusal || said.toString('utf8', 0, bytesRead));
    }
    await stopServer(child.pid!);
    throw new StartError('other', `it was not ready after ${START_TIMEOUT_MS / 1000} s`);
  } finally {
    await log.close();
  }
}

function startError(log: string): StartError {
  const passing =
    /could not bind|could not create any TCP\/IP sockets|pre-existing shared memory block|lock file "postmaster.pid"/;
  return new StartError(passing.test(log) ? 'again' : 'other', log);
}

/** Waits until it has ended: fast shutdown first, then ever harder. What was committed is safe in each case. */
export async function stopServer(pid: number, patienceMs = 10_000): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    for (const until = performance.now() + patienceMs; performance.now() < until; await sleep(POLL_MS)) {
      if (!isAlive(pid)) return;
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end.`);
}

/** On the command line, so that they come with the program and not with the data. */
function settings(port: number, identity: string, fsync: boolean): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    max_connections: 200, // three processes of ours hold about forty each
    shared_buffers: '160MB',
    max_wal_size: '1GB',
    jit: 'off',
    fsync: fsync ? 'on' : 'off',
    synchronous_commit: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
    autovacuum: 'on',
    max_parallel_workers_per_gather: 0, // would need /dev/shm, which is tiny in many containers
    // A statement's failure is the program's to log; its text and its keys may hold what no log may.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
  return [...Object.entries(all).map(([name, value]) => `${name}=${value}`), identity].flatMap((each) => ['-c', each]);
}

/**
 * A free port, below the range that the kernel takes outgoing connections from: there, one of ours could sit on the
 * port while the server restarts.
 */
export async function freePort(preferred: number): Promise<number> {
  if (preferred > 0 && (await isFree(preferred))) return preferred;
  for (let tries = 0; tries < 100; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error('No free port for PostgreSQL was found between 20000 and 32000: set DATABASE_URL.');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
