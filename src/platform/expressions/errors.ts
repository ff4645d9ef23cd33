/** An expression that can never work: a fault of the definition. The message says what is wrong; it holds no values. */
export class ExpressionError extends Error {
  constructor(
    message: string,
    /** Offset into the source, in UTF-16 units. */
    readonly position: number,
  ) {
    super(message);
    this.name = 'ExpressionError';
  }
}

/** An expression that did not work on this run's values. The message names the expression and the next move. */
export class MappingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MappingError';
  }
}
