/**
 * How much one check may do, in units of about one looked-at subschema: 30–100 ms of work at most. Schemas can ask for
 * exponential work in a few lines (a chain of `allOf` with two references each), and the library cannot be interrupted.
 */
const MAX_WORK = 1_000_000;

let left = 0;

/** Thrown through the library's generated code. */
export class TooMuchWork extends Error {}

/** Runs one check; what is in `check` may spend. Throws `TooMuchWork`. */
export function withWork<T>(check: () => T): T {
  left = MAX_WORK;
  try {
    return check();
  } catch (error) {
    // A reference to itself that looks at nothing else meets the end of the stack before that of the purse.
    throw error instanceof RangeError ? new TooMuchWork() : error;
  }
}

export function spend(units: number): void {
  left -= units;
  if (left < 0) throw new TooMuchWork();
}

/** What every subschema pays for being looked at; called by generated code. */
export function spendOne(): void {
  if (--left < 0) throw new TooMuchWork();
}
