/** Milliseconds of the system's monotonic clock: processes of one machine share it, and nothing sets it back. */
export const nowMs = () => Number(process.hrtime.bigint()) / 1e6;

/** The value below which a share of the values lies; null where there are none. */
export function percentile(values, share) {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

/** The middle value, or the mean of the two in the middle; null where there is none. */
export function median(values) {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
