import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Logger } from '../logging/logger.js';

type Client = Awaited<ReturnType<Database['connect']>>;

/** First key of the advisory locks by which workers are known to live: `pg_advisory_lock(7, worker id)`. */
const LOCK_SPACE = 7;
const BEAT_MS = 1_000;
/** A worker not heard of for this long counts as dead, even though its connection stands (stopped, half-open). */
export const DEAD_AFTER_SECONDS = 8;
const ORPHANS_EVERY_BEATS = 10;

/** What to do for those that died; `runs` is the one there is. */
export interface Heir {
  /** Takes over from workers that are gone; answers whether there were any. */
  takeOver(workerId: number, deadAfterSeconds: number): Promise<boolean>;
  /** Takes what belongs to no worker on the list. */
  takeOrphans(): Promise<void>;
}

/**
 * The list of living workers. Each holds an advisory lock on a connection of its own for as long as it lives: kill -9
 * closes the socket and frees it at once. Its heartbeat covers what a lock cannot see. A worker's id is new at every
 * start: a reused one would inherit its own dead runs as if they were alive.
 */
@Injectable()
export class WorkerRegistry {
  private id: number | null = null;
  private lostId: number | null = null;
  private connection: Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private beating: Promise<void> | null = null;
  private beats = 0;
  private stopped = true;
  private heir: Heir | null = null;
  private onBeat: () => Promise<void> = () => Promise.resolve();
  /** Of the queue between processes, so that its jobs are freed with the worker. */
  poolId: string | null = null;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  /** The owner to write on runs. Null: not registered (yet, or any more): own nothing. */
  get workerId(): number | null {
    return this.id;
  }

  /** Registers, takes over what dead workers left, and beats from then on; `onBeat` runs after every beat. */
  async start(heir: Heir, onBeat: () => Promise<void>): Promise<void> {
    this.heir = heir;
    this.onBeat = onBeat;
    this.stopped = false;
    await this.register();
    await this.heir.takeOver(this.id!, DEAD_AFTER_SECONDS);
    await this.heir.takeOrphans();
    this.schedule();
  }

  /** One beat: still here, anybody gone? Tests call it instead of waiting. */
  async beat(): Promise<void> {
    if (this.id === null) await this.register();
    await this.database.source.query(
      `insert into workers (id, role, pool_id) values ($1, $2, $3)
       on conflict (id) do update set beat_at = now(), pool_id = excluded.pool_id`,
      [this.id, this.config.role, this.poolId],
    );
    await this.heir!.takeOver(this.id!, DEAD_AFTER_SECONDS);
    if (++this.beats % ORPHANS_EVERY_BEATS === 0) await this.heir!.takeOrphans();
    await this.onBeat();
  }

  /** Leaves the list; what this worker still owns is taken over by the others. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.beating?.catch(() => undefined);
    const id = this.id;
    this.id = null;
    if (id !== null) {
      await this.database.source.query(`delete from workers where id = $1`, [id]).catch(() => undefined);
    }
    await this.connection?.end().catch(() => undefined);
    this.connection = null;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.beating = this.beat()
        .catch((error: unknown) => this.logger.warn({ error: String(error) }, 'worker.beat-failed'))
        .finally(() => this.schedule());
    }, BEAT_MS);
  }

  private async register(): Promise<void> {
    await this.connection?.end().catch(() => undefined);
    const connection = await this.database.connect();
    try {
      const id = (await this.resume(connection)) ?? (await this.enlist(connection));
      connection.once('end', () => this.lost(connection));
      this.connection = connection;
      this.id = id;
      this.logger.debug({ worker: id }, 'worker.registered');
    } catch (error) {
      await connection.end().catch(() => undefined);
      throw error;
    }
  }

  private async enlist(connection: Client): Promise<number> {
    const { rows } = await connection.query<{ id: number }>(`select nextval('worker_ids')::int as id`);
    const { id } = rows[0];
    await connection.query(`select pg_advisory_lock($1, $2)`, [LOCK_SPACE, id]); // before the first beat
    await connection.query(`insert into workers (id, role, pool_id) values ($1, $2, $3)`, [
      id,
      this.config.role,
      this.poolId,
    ]);
    return id;
  }

  /** The id of before, where the connection broke but nobody has taken over yet: calls in flight stay ours. */
  private async resume(connection: Client): Promise<number | null> {
    if (this.lostId === null) return null;
    const { rows } = await connection.query<{ locked: boolean }>(`select pg_try_advisory_lock($1, $2) as locked`, [
      LOCK_SPACE,
      this.lostId,
    ]);
    if (!rows[0].locked) return null;
    const listed = await connection.query(`select from workers where id = $1`, [this.lostId]);
    return listed.rowCount === 1 ? this.lostId : null;
  }

  /** Without the lock others count this worker as dead and take its runs: it registers again at the next beat. */
  private lost(connection: Client): void {
    if (connection !== this.connection) return;
    this.connection = null;
    if (this.id === null || this.stopped) return;
    this.logger.warn({ worker: this.id }, 'worker.connection-lost');
    this.lostId = this.id;
    this.id = null;
  }
}
