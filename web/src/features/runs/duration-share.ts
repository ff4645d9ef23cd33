const SHORTEST_MS = 10;
const LONGEST_MS = 600_000;

/**
 * Between 0 and 1, ten times as long being the same step further everywhere: calls take milliseconds, retries minutes.
 * Of no other run, so that no bar changes when another run comes in.
 */
export function durationShare(ms: number): number {
  const share = Math.log(Math.max(ms, 1) / SHORTEST_MS) / Math.log(LONGEST_MS / SHORTEST_MS);
  return Math.min(1, Math.max(0, share));
}
