import { spawn } from 'node:child_process';
import { open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFolder, type FolderOptions, folderArgument, identity } from './data-folder.js';
import { findServer, isAlive, type Postmaster } from './pid-file.js';
import { childOptions } from './server-account.js';

const POLL_MS = 10;
/** Crash recovery may have gigabytes of log to read. */
const START_TIMEOUT_MS = 10 * 60_000;
const MAX_LOG_BYTES = 8 * 1024 * 1024;

export class StartError extends Error {
  constructor(
    /** `port`: it cannot have it. `again`: another server is ending, or just starting, on the same data. */
    readonly reason: 'port' | 'again' | 'other',
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
  const { size } = await stat(logPath).catch(() => ({ size: 0 }));
  if (size > MAX_LOG_BYTES) await rename(logPath, `${logPath}.1`);
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
  if (/could not bind|could not create any TCP\/IP sockets/.test(log)) return new StartError('port', log);
  const passing = /pre-existing shared memory block|lock file "postmaster.pid"/.test(log);
  return new StartError(passing ? 'again' : 'other', log);
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
