import { MappingError } from './errors.js';

/**
 * How much work expressions may do, in units of about one evaluated node (well under a microsecond; see
 * `cel-cost.ts`). Counted, not timed: a run picked up by a busier machine comes to the same answer.
 */
export const MAX_WORK = 300_000;

/** One purse for expressions that are evaluated together, so that many small ones cannot do what one may not. */
export class Budget {
  constructor(private left: number = MAX_WORK) {}

  /** Throws once the purse is empty, and from then on each time. */
  spend(units: number): void {
    this.left -= units;
    if (this.left < 0) throw EXHAUSTED;
  }

  get isExhausted(): boolean {
    return this.left < 0;
  }
}

/** One object for all: a loop that catches errors meets it thousands of times, and making one costs microseconds. */
export const EXHAUSTED = new MappingError(
  'The expression does too much work for these values. Let it look at fewer items, or at shorter text.',
);
