/**
 * A PostgreSQL array of values that need no quotes: UUIDs, numbers, booleans, times as ISO 8601 writes them. The driver
 * quotes and escapes each value it is given in an array, which was 2 % of all work.
 */
export function arrayLiteral(values: readonly (string | number | boolean | null)[]): string {
  let text = '{';
  for (let i = 0; i < values.length; i++) text += `${i === 0 ? '' : ','}${values[i] ?? 'NULL'}`;
  return `${text}}`;
}
