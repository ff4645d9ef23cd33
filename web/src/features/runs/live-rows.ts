import type { RunItem, RunStatus } from '../../api/types.js';

export interface LiveRows {
  rows: RunItem[];
  /** Runs that came in since the list was opened; they wait until the reader asks for them. */
  arrived: number;
}

interface Newest {
  rows: RunItem[];
  /** Whether there are more runs than `rows` holds. */
  more: boolean;
}

/**
 * What the list shows now: the rows it opened with, in their places, with what is known of them today. `newest` is the
 * newest page as it is now, `followed` what was asked about older rows. A row that no longer fits the status filter
 * goes; nothing ever moves the others. Ids are UUIDv7 in order-keeping base32: later ones compare greater.
 */
export function liveRows(
  shown: RunItem[],
  newest: Newest | undefined,
  followed: RunItem[],
  status?: RunStatus,
): LiveRows {
  const today = new Map([...followed, ...(newest?.rows ?? [])].map((run) => [run.id, run]));
  const first = shown[0]?.id ?? '';
  const oldestKnown = newest && newest.more ? (newest.rows.at(-1)?.id ?? '') : '';
  const rows = shown
    .filter((run) => today.has(run.id) || !newest || (oldestKnown !== '' && run.id < oldestKnown))
    .map((run) => today.get(run.id) ?? run)
    .filter((run) => !status || run.status === status);
  const arrived = (newest?.rows ?? []).filter((run) => run.id > first).length;
  return { rows, arrived };
}
