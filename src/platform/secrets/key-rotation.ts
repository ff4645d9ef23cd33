import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database/database.js';
import { SealError } from './key-ring.js';
import { SEALED_COLUMNS, type KnownColumn, type KnownPlace } from './sealed-columns.js';
import type { Secrets } from './secrets.js';

/** A value that stays as it was, because no key opens it. */
export interface Unopened {
  place: KnownPlace;
  /** Names keys by their ids and shows nothing of the value. */
  reason: string;
}

/** What came of one column; values, not rows of the table. */
export interface ColumnRotation {
  table: string;
  column: string;
  resealed: number;
  /** Sealed by the first key before the rotation began. */
  already: number;
  unopened: Unopened[];
  /** Held by somebody else all the time. */
  left: number;
}

/** Told after every batch. */
export type Progress = (column: Pick<ColumnRotation, 'table' | 'column' | 'resealed'>) => void;

const LOOK_AGAIN_MS = 200;
/** Longer than any transaction of ours may idle. */
const PATIENCE_MS = 70_000;

interface Row {
  /** As the driver has it: text, or bytes. */
  key: unknown;
  id: string;
  sealed: string;
}

/**
 * Seals again, with the first key, whatever another one has sealed, while the program runs. No lock outlives a
 * statement, no statement waits for a lock, and a value that somebody else has changed meanwhile stays as they wrote it.
 * Every batch is a commit: killed at any time, it goes on where it was when it is started again.
 */
export class KeyRotation {
  constructor(
    private readonly database: Pick<Database, 'source'>,
    private readonly secrets: Pick<Secrets, 'open' | 'seal' | 'prefix'>,
    private readonly progress: Progress = () => {},
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  async run(signal?: AbortSignal): Promise<ColumnRotation[]> {
    const done: ColumnRotation[] = [];
    for (const column of SEALED_COLUMNS) done.push(await this.rotate(column, signal));
    return done;
  }

  private async rotate(column: KnownColumn, signal?: AbortSignal): Promise<ColumnRotation> {
    const already = await this.count(column);
    const giveUpAt = performance.now() + this.patienceMs;
    for (let resealed = 0; ; await sleep(LOOK_AGAIN_MS)) {
      const unopened: Unopened[] = [];
      let left = 0;
      for await (const rows of this.batches(column)) {
        signal?.throwIfAborted();
        const batch = await this.sealedAgain(column, rows);
        unopened.push(...batch.unopened);
        const written = await this.write(column, batch);
        left += batch.keys.length - written;
        resealed += written;
        this.progress({ table: column.table, column: column.column, resealed });
      }
      if (left === 0 || performance.now() > giveUpAt) {
        return { table: column.table, column: column.column, resealed, already, unopened, left };
      }
    }
  }

  private async count({ table, column }: KnownColumn): Promise<number> {
    const [{ count }] = await this.database.source.query<{ count: number }[]>(
      `select count(*)::int as count from ${table} where starts_with(${column}, $1)`,
      [await this.secrets.prefix()],
    );
    return count;
  }

  /** What the first key has not sealed, in the order of the primary key. */
  private async *batches({ table, column, id, key, batch }: KnownColumn): AsyncGenerator<Row[]> {
    const prefix = await this.secrets.prefix();
    for (let last: Row | undefined; ;) {
      const rows: Row[] = await this.database.source.query(
        `select ${key} as key, ${id}::text as id, ${column} as sealed from ${table}
          where not starts_with(${column}, $1) ${last ? `and ${key} > $2` : ''} order by 1 limit ${batch}`,
        last ? [prefix, last.key] : [prefix],
      );
      if (rows.length === 0) return;
      yield rows;
      last = rows.at(-1);
    }
  }

  private async sealedAgain({ table, column }: KnownColumn, rows: Row[]): Promise<Batch> {
    const batch: Batch = { keys: [], before: [], after: [], unopened: [] };
    for (const { key, id, sealed } of rows) {
      const place = { table, column, id } as KnownPlace;
      try {
        const text = await this.secrets.open(sealed, place);
        batch.after.push(await this.secrets.seal(text, place));
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
        batch.unopened.push({ place, reason: error.message });
        continue;
      }
      batch.keys.push(key);
      batch.before.push(sealed);
    }
    return batch;
  }

  /** Answers how many of the values are written; the others are locked now, or no longer what they were. */
  private async write({ table, column, key }: KnownColumn, { keys, before, after }: Batch): Promise<number> {
    if (keys.length === 0) return 0;
    // No two values are alike (each has a nonce of its own), so that the old one says which new one is its own.
    const [, written] = await this.database.source.query<[unknown[], number]>(
      `with free as (
         select ${key} as row from ${table} where ${key} = any($1) and ${column} = any($2) for no key update skip locked)
       update ${table} set ${column} = n.after from unnest($2::text[], $3::text[]) n (before, after)
        where ${key} in (select row from free) and ${column} = n.before`,
      [keys, before, after],
    );
    return written;
  }
}

/** Values that can be sealed again, by the keys of their rows. */
interface Batch {
  keys: unknown[];
  before: string[];
  after: string[];
  unopened: Unopened[];
}
