import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';

type Work = (tx: EntityManager) => Promise<unknown>;

/**
 * Throws where somebody in a transaction asks the same pool for another connection: as many of those at once as the pool
 * has wait for each other for ever.
 */
export function demandOneConnection(source: DataSource): void {
  const current = new AsyncLocalStorage<{ isOpen: boolean }>();
  const { manager } = source;
  const transaction = manager.transaction.bind(manager) as (...args: unknown[]) => Promise<unknown>;
  const guarded = (...args: unknown[]) => {
    const work = args.pop() as Work;
    const inside = { isOpen: true };
    const counted = (tx: EntityManager) => current.run(inside, () => work(tx).finally(() => (inside.isOpen = false)));
    return transaction(...args, counted);
  };
  const pool = (source.driver as unknown as { master: { connect: (...args: unknown[]) => unknown } }).master;
  const connect = pool.connect.bind(pool);
  pool.connect = (...args) => {
    if (current.getStore()?.isOpen) throw new Error('A second connection inside a transaction.');
    return connect(...args);
  };
  Object.assign(manager, { transaction: guarded });
  Object.assign(source, { transaction: guarded });
}
