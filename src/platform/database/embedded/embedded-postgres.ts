import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../logging/logger.js';
import { accessUrl } from './access-file.js';
import { ensureServer } from './ensure-server.js';
import { FileLock } from './file-lock.js';
import { findServer, isAlive, type Postmaster } from './pid-file.js';
import { stopServer } from './server-process.js';

/** Longer than a start that must first recover from a crash. */
const TURN_TIMEOUT_MS = 11 * 60_000;
const WATCH_EVERY_MS = 250;

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
      const { server, access } = await ensureServer({ ...options, inUse: sole === null });
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
      if (signal.aborted) return;
      if (isAlive(this.server.pid)) {
        await this.hurry();
        continue;
      }
      logger.warn({ serverPid: this.server.pid }, 'database.server_ended');
      try {
        const back = await inTurn(dataDir, () => ensureServer({ ...this.options, inUse: true }), signal);
        this.server = back.server;
        logger.info({ serverPid: this.server.pid }, 'database.server_restarted');
      } catch (error) {
        if (!signal.aborted) logger.error({ error: (error as Error).message }, 'database.server_restart_failed');
        await sleep(1_000, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  }

  /** Told to end by somebody else, it would wait for our connections to go, and take no new ones until then. */
  private async hurry(): Promise<void> {
    const server = await findServer(this.options.dataDir).catch(() => null);
    if (server?.status !== 'stopping' || this.stopped.signal.aborted) return;
    try {
      process.kill(server.pid, 'SIGINT');
    } catch {
      // it has ended
    }
  }
}

const usersFile = (dataDir: string): string => join(dataDir, 'postgres.users');

async function inTurn<T>(dataDir: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const turn = await FileLock.take(join(dataDir, 'postgres.turn'), 'exclusive', TURN_TIMEOUT_MS, signal);
  if (!turn) throw new Error(`Another process has been starting the database in ${dataDir} for too long.`);
  try {
    return await work();
  } finally {
    turn.release();
  }
}
