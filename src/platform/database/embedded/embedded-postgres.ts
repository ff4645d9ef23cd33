import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../logging/logger.js';
import { openClient } from '../connections.js';
import { accessUrl, newAccess, readAccess, type ServerAccess, writeAccess } from './access-file.js';
import { dataFolder, type FolderOptions, hasData, makeData, resetPassword } from './data-folder.js';
import { FileLock } from './file-lock.js';
import { findBinaries } from './postgres-binaries.js';
import { serverAccount } from './server-account.js';
import {
  findServer,
  freePort,
  isAlive,
  type Postmaster,
  StartError,
  startServer,
  stopServer,
} from './server-process.js';

/** Longer than a start that must first recover from a crash. */
const TURN_TIMEOUT_MS = 11 * 60_000;
const WATCH_EVERY_MS = 250;
const ENDING_TIMEOUT_MS = 15_000;

export interface EmbeddedOptions {
  /** Absolute. Made if it is not there, with mode 0700. */
  dataDir: string;
  logger: Logger;
  /** False only for data that nobody keeps: tests. */
  fsync?: boolean;
}

/** The server on this data folder: started, joined or, after a crash of ours, found again and adopted. */
export const startEmbeddedPostgres = (options: EmbeddedOptions): Promise<EmbeddedPostgres> =>
  EmbeddedPostgres.start(options);

/**
 * One process's share in the server of a data folder. Two locks that the kernel frees however a process ends decide
 * everything: `postgres.turn` is held while somebody starts or stops the server, so that this is done by one at a
 * time; `postgres.users` is held, shared, by everyone who uses it, so that the last one out knows that it is the last.
 */
export class EmbeddedPostgres {
  private stopping: Promise<void> | null = null;
  private watching: Promise<void> = Promise.resolve();
  private readonly stopped = new AbortController();

  private constructor(
    private readonly options: Required<EmbeddedOptions>,
    private readonly use: FileLock,
    private server: Postmaster,
    readonly url: string,
  ) {
    this.watching = this.watch();
  }

  static async start({ dataDir, logger, fsync = true }: EmbeddedOptions): Promise<EmbeddedPostgres> {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const options = { dataDir: await realpath(dataDir), logger, fsync };
    return inTurn(options.dataDir, async () => {
      const sole = FileLock.tryTake(usersFile(options.dataDir), 'exclusive');
      sole?.release();
      const { server, access } = await ensureServer(options, sole === null);
      const use = FileLock.tryTake(usersFile(options.dataDir), 'shared');
      if (!use) throw new Error(`${usersFile(options.dataDir)} is locked by something that is not Hookline.`);
      return new EmbeddedPostgres(options, use, server, accessUrl(access));
    });
  }

  /** The server's process id; another one after it was restarted. */
  get pid(): number {
    return this.server.pid;
  }

  /** Ends this process's use, and the server if nobody else uses it. */
  stop(): Promise<void> {
    this.stopping ??= this.leave();
    return this.stopping;
  }

  private async leave(): Promise<void> {
    this.stopped.abort();
    await this.watching;
    const { dataDir, logger } = this.options;
    await inTurn(dataDir, async () => {
      this.use.release();
      const sole = FileLock.tryTake(usersFile(dataDir), 'exclusive');
      if (!sole) return logger.debug({}, 'database.left_to_others');
      try {
        const server = await findServer(dataDir);
        if (server) await stopServer(server.pid);
        logger.debug({ serverPid: server?.pid }, 'database.stopped');
      } finally {
        sole.release();
      }
    });
  }

  /** Brings the server back when it ends while somebody uses it. The pools find it again on the same port. */
  private async watch(): Promise<void> {
    const { dataDir, logger } = this.options;
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await sleep(WATCH_EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted || isAlive(this.server.pid)) continue;
      logger.warn({ serverPid: this.server.pid }, 'database.server_ended');
      try {
        const back = await inTurn(dataDir, () => ensureServer(this.options, true), signal);
        this.server = back.server;
        logger.info({ serverPid: this.server.pid }, 'database.server_restarted');
      } catch (error) {
        if (!signal.aborted) logger.error({ error: (error as Error).message }, 'database.server_restart_failed');
        await sleep(1_000, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  }
}

const usersFile = (dataDir: string): string => join(dataDir, 'postgres.users');

async function inTurn<T>(dataDir: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const turn = await FileLock.take(join(dataDir, 'postgres.turn'), 'exclusive', TURN_TIMEOUT_MS);
  if (!turn) throw new Error(`Another process has been starting the database in ${dataDir} for too long.`);
  try {
    signal?.throwIfAborted();
    return await work();
  } finally {
    turn.release();
  }
}

interface Running {
  server: Postmaster;
  access: ServerAccess;
}

/** @param inUse others hold connections to its port, so a restarted server must come back there. */
async function ensureServer(options: Required<EmbeddedOptions>, inUse: boolean): Promise<Running> {
  const { dataDir, logger } = options;
  const known = await readAccess(dataDir);
  const access = known ?? newAccess();
  const found = (await hasData(dataDir)) ? await findServer(dataDir) : null;
  if (found && known) {
    const adopted = await adopt(found, { ...access, port: found.port, pid: found.pid }, dataDir);
    if (adopted) {
      await writeAccess(dataDir, adopted.access);
      return adopted;
    }
  }
  if (found) {
    logger.warn({ serverPid: found.pid }, 'database.server_not_usable');
    await stopServer(found.pid);
  }
  // Written before there is data: a crash in between must not lose the password.
  if (!known) await writeAccess(dataDir, access);
  const account = await serverAccount(dataFolder(dataDir));
  const folder: FolderOptions = { ...options, account, access, binaries: await findBinaries(dataDir, account) };
  if (!(await hasData(dataDir))) await makeData(folder);
  else if (!known) await resetPassword(folder);
  return startFresh(folder, inUse);
}

/** Null where it does not let us in. One that is still recovering is waited for, one that is ending too. */
async function adopt(server: Postmaster, access: ServerAccess, dataDir: string): Promise<Running | null> {
  for (let current: Postmaster | null = server; current?.status === 'starting'; current = await findServer(dataDir)) {
    await sleep(50);
  }
  try {
    await makeDatabase(access);
    return { server, access };
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
      const running = { server, access: { ...access, port, pid: server.pid } };
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
  const client = openClient(accessUrl(access, 'postgres'), 'hookline start', 5_000);
  try {
    await client.connect();
    const { rowCount } = await client.query(`select from pg_database where datname = $1`, [access.database]);
    if (rowCount === 0) await client.query(`create database ${access.database}`);
  } finally {
    await client.end().catch(() => {});
  }
}
