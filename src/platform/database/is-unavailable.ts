/**
 * SQLSTATE classes and codes that say something of the database, not of the statement: connection lost (08), too little
 * of disk, memory or connections (53), stopped by an operator or a time-out (57), I/O (58), a standby that takes no
 * writes (25006), a lock not had in time (55P03).
 */
const SQL_STATES = /^(08...|53...|57...|58...|25006|55P03)$/;

const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** The driver throws these as plain errors: their texts are all there is (pg 8.23, pg-pool 3.14, TypeORM 1.1). */
const DRIVER_TEXTS = [
  'connection terminated',
  'connection ended',
  'timeout exceeded when trying to connect',
  'query read timeout',
  'not queryable',
  'cannot use a pool after calling end',
  'driver not connected',
];

/**
 * True where the database did not answer or could not work: connection lost, shutting down, disk full, too slow. A
 * statement that failed so may or may not have been committed. Callers answer 503 and try again.
 */
export function isUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const { code, message, cause, driverError, errors } = error as Partial<Record<string, unknown>>;
  if (typeof code === 'string' && (SQL_STATES.test(code) || SOCKET_CODES.has(code))) return true;
  const text = typeof message === 'string' ? message.toLowerCase() : '';
  if (DRIVER_TEXTS.some((each) => text.includes(each))) return true;
  const inner: unknown[] = [cause, driverError, ...(Array.isArray(errors) ? errors.slice(0, 10) : [])];
  return inner.some((each) => isUnavailable(each, depth + 1));
}
