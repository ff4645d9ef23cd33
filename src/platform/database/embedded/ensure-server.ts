import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../logging/logger.js';
import { openClient } from '../connections.js';
import { accessUrl, namespace, newAccess, readAccess, type ServerAccess, writeAccess } from './access-file.js';
import { dataFolder, type FolderOptions, hasData, makeData, removeUnfinished, resetPassword } from './data-folder.js';
import { freePort } from './free-port.js';
import { findServer, type Postmaster, removeMisleadingPidFile } from './pid-file.js';
import { findBinaries } from './postgres-binaries.js';
import { serverAccount } from './server-account.js';
import { StartError, startServer, stopServer } from './server-process.js';

/** Crash recovery may have gigabytes of log to read. */
const ADOPT_TIMEOUT_MS = 10 * 60_000;
/** For a dead server's children to be gone, for somebody to leave its port, for one that is only starting to be seen. */
const ENDING_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** It says nothing at first. */
const STARTING = new Set(['', 'starting']);

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
  let samePort = true;
  for (const giveUpAt = performance.now() + ENDING_TIMEOUT_MS; ; await sleep(100)) {
    try {
      return await adoptOrStart(options, samePort);
    } catch (error) {
      if (!(error instanceof StartError) || error.reason === 'other' || performance.now() > giveUpAt) throw error;
      if (error.reason === 'port') samePort = options.inUse;
    }
  }
}

async function adoptOrStart(options: EnsureOptions, samePort: boolean): Promise<Running> {
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
    const adopted = await adopt(found, access, dataDir);
    if (adopted) return adopted;
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
  await removeUnfinished(dataDir);
  if (data) await removeMisleadingPidFile(dataDir);
  else await makeData(folder);
  if (data && !known) await resetPassword(folder);
  return start(folder, inUse ? access.port : await freePort(samePort ? access.port : 0));
}

/** Null where it does not let us in. One that is still recovering is waited for. */
async function adopt(server: Postmaster, access: ServerAccess, dataDir: string): Promise<Running | null> {
  const giveUpAt = performance.now() + ADOPT_TIMEOUT_MS;
  let current: Postmaster | null = server;
  while (current && STARTING.has(current.status) && performance.now() < giveUpAt) {
    await sleep(50);
    current = await findServer(dataDir);
  }
  if (current?.status !== 'ready') return null;
  try {
    return await letIn(current, access, dataDir);
  } catch {
    return null;
  }
}

async function start(folder: FolderOptions, port: number): Promise<Running> {
  const server = await startServer(folder, port);
  try {
    return await letIn(server, folder.access, folder.dataDir);
  } catch (error) {
    await stopServer(server.pid);
    if ((error as { code?: string }).code !== '28P01') throw error;
    // The file is of another time than the data, for example after a restored backup.
    await resetPassword(folder);
    throw new StartError('again', 'its password was reset');
  }
}

async function letIn({ pid, port, status }: Postmaster, known: ServerAccess, dataDir: string): Promise<Running> {
  const access = { ...known, port, pid, namespace: namespace() };
  await makeDatabase(access);
  await writeAccess(dataDir, access);
  return { server: { pid, port, status }, access };
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
