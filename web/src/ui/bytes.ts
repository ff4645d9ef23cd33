const UNITS = ['B', 'kB', 'MB', 'GB'];

/** Decimal units (1 kB = 1,000 B), as browsers' own network panels show them. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${UNITS[unit]}`;
}

/** `48,211`: run numbers and counts. */
export const formatCount = (count: number): string => count.toLocaleString('en-GB');
