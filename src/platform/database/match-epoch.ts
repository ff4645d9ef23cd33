import type { EntityManager } from 'typeorm';

/** Tells every process at once; the epoch itself is what they must not miss. */
export const MATCH_CHANNEL = 'hookline_match';

/**
 * Declares that from this transaction's commit on events may start other integrations, or be judged otherwise. The lock (accepts share it,
 * see match_epoch_is) waits for every accept that matched with the old epoch and holds back new ones until the commit,
 * so do it late, but before held runs are released: a statement after it sees every run made under the old epoch.
 */
export async function changeMatching(tx: EntityManager): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(8, 0)`);
  await tx.query(`update match_epoch set epoch = epoch + 1`);
  await tx.query(`select pg_notify($1, '')`, [MATCH_CHANNEL]);
}
