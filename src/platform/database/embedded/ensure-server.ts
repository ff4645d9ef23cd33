import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../logging/logger.js';
import { openClient } from '../connections.js';
import { accessUrl, namespace, newAccess, readAccess, type ServerAccess, writeAccess } from './access-file.js';
import { dataFolder, type FolderOptions, hasData, makeData, resetPassword } from './data-folder.js';
import { findBinaries } from './postgres-binaries.js';
import { serverAccount } from './server-account.js';
import { findServer, freePort, type Postmaster, StartError, startServer, stopServer } from './server-process.js';

/** Crash recovery may have gigabytes of log to read. */
const ADOPT_TIMEOUT_MS = 10 * 60_000;
/** For a dead server's children to be gone, or for somebody to leave its port. */
const ENDING_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;

export interface Running {
  server: Postmaster;
  access: ServerAccess;
}

export interface EnsureOptions {
  dataDir: string;
  logger: Logger;
  fsync: boolean;
  /** Others, or this process, hold connections: the server must come back on its port and with its data, or not at all. */
  inUse: boolean;
}

/** The server that is there, or else a new one. Only for whoever has the turn. */
export async function ensureServer(options: EnsureOptions): Promise<Running> {
  const { dataDir, logger, inUse } = options;
  const known = await readAccess(dataDir);
  if (inUse && known && known.namespace !== namespace()) {
    throw new Error(`The database in ${dataDir} is in use by a program in another container: set DATABASE_URL.`);
  }
  const access = known ?? newAccess();
  const data = await hasData(dataDir);
  if (inUse && !data) throw new Error(`The data in ${dataDir} is gone while it is in use.`);
  const found = data ? await findServer(dataDir) : null;
  if (found && known) {
    const adopted = await adopt(
      found,
      { ...access, port: found.port, pid: found.pid, namespace: namespace() },
      dataDir,
    );
    if (adopted) {
      await writeAccess(dataDir, adopted.access);
      return adopted;
    }
  }
  if (found) {
    if (inUse) throw new Error(`The database in ${dataDir} is in use and does not let this program in.`);
    logger.warn({ serverPid: found.pid }, 'database.server_not_usable');
    await stopServer(found.pid);
  }
  // Written before there is data: a crash in between must not lose the password.
  if (!known) await writeAccess(dataDir, access);
  const account = await serverAccount(dataFolder(dataDir));
  const folder: FolderOptions = { ...options, account, access, binaries: await findBinaries(dataDir, account) };
  if (!data) await makeData(folder);
  else if (!known) await resetPassword(folder);
  return startFresh(folder, inUse);
}

/** Null where it does not let us in. One that is still recovering is waited for. */
async function adopt(server: Postmaster, access: ServerAccess, dataDir: string): Promise<Running | null> {
  const giveUpAt = performance.now() + ADOPT_TIMEOUT_MS;
  let current: Postmaster | null = server;
  while (current?.status === 'starting' && performance.now() < giveUpAt) {
    await sleep(50);
    current = await findServer(dataDir);
  }
  if (current?.status !== 'ready') return null;
  try {
    await makeDatabase(access);
    return { server: current, access };
  } catch {
    return null;
  }
}

async function startFresh(folder: FolderOptions, inUse: boolean): Promise<Running> {
  const { dataDir, access } = folder;
  let { port } = access;
  if (!inUse) port = await freePort(port);
  for (const giveUpAt = performance.now() + ENDING_TIMEOUT_MS; ; await sleep(100)) {
    try {
      const server = await startServer(folder, port);
      const running = { server, access: { ...access, port, pid: server.pid, namespace: namespace() } };
      await letIn(running, folder);
      await writeAccess(dataDir, running.access);
      return running;
    } catch (error) {
      if (!(error instanceof StartError) || error.reason === 'other' || performance.now() > giveUpAt) throw error;
      if (error.reason === 'port-taken' && !inUse) port = await freePort(0);
    }
  }
}

/** The password in the file may be an older one than that in the data, for example after a restored backup. */
async function letIn(running: Running, folder: FolderOptions): Promise<void> {
  try {
    await makeDatabase(running.access);
  } catch (error) {
    await stopServer(running.server.pid);
    if ((error as { code?: string }).code !== '28P01') throw error;
    await resetPassword(folder);
    throw new StartError('still-ending', 'its password was reset');
  }
}

async function makeDatabase(access: ServerAccess): Promise<void> {
  const client = openClient(accessUrl(access, 'postgres'), 'hookline start', CONNECT_TIMEOUT_MS);
  try {
    await client.connect();
    const { rowCount } = await client.query(`select from pg_database where datname = $1`, [access.database]);
    if (rowCount === 0) await client.query(`create database ${access.database}`);
  } finally {
    await client.end().catch(() => {});
  }
}
