import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const SQLITE_BUSY = 5;
const POLL_MS = 20;

/** Kept from the garbage collector, which would close them and so let go. */
const held = new Set<FileLock>();

/**
 * A lock on a file, shared by many or exclusive to one, that the kernel releases however its process ends. Node has no
 * call for that, but the SQLite inside Node has: it locks bytes of its file (fcntl), also against other connections
 * of the same process. Nothing is ever written. Nobody else may open and close the file in this process: closing any
 * descriptor of it drops the process's locks (POSIX).
 */
export class FileLock {
  private constructor(private readonly database: DatabaseSync) {
    held.add(this);
  }

  /** Null where somebody holds it. */
  static tryTake(path: string, mode: 'shared' | 'exclusive'): FileLock | null {
    createPrivate(path);
    const database = open(path);
    try {
      database.exec('pragma journal_mode = memory');
      database.exec(mode === 'exclusive' ? 'begin exclusive' : 'begin; select count(*) from sqlite_schema');
      return new FileLock(database);
    } catch (error) {
      database.close();
      if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
      const { message } = error as Error;
      throw new Error(`${path} cannot be locked (${message}): choose another HOOKLINE_DATA_DIR.`, { cause: error });
    }
  }

  /** Null where somebody held it all that time. Throws when the signal aborts. */
  static async take(
    path: string,
    mode: 'shared' | 'exclusive',
    waitMs: number,
    signal?: AbortSignal,
  ): Promise<FileLock | null> {
    const giveUpAt = performance.now() + waitMs;
    for (;;) {
      const lock = FileLock.tryTake(path, mode);
      if (lock || performance.now() > giveUpAt) return lock;
      await sleep(POLL_MS, undefined, { signal });
    }
  }

  release(): void {
    if (held.delete(this)) this.database.close();
  }
}

/** Mode 0600: whoever can read a file can lock it. */
function createPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw new Error(`${path} cannot be opened: the data folder seems to be another user's.`, { cause: error });
  }
}
