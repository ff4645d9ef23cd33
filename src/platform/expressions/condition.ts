import type { Budget } from './budget.js';
import { compileCel } from './cel.js';
import { MappingError } from './errors.js';
import { SCOPE_NAMES, type Scope } from './scope.js';

export interface Condition {
  readonly source: string;
  /** Dotted paths it reads, as in `Template`. */
  readonly reads: readonly string[];
  /** Throws `MappingError`, also when the result is neither true nor false. */
  test(scope: Scope, budget?: Budget): boolean;
}

/** A CEL condition, as filters, `if` and `success.when` use it. Throws `ExpressionError`. */
export function compileCondition(source: string, names: readonly string[] = SCOPE_NAMES): Condition {
  const program = compileCel(source, names);
  return {
    source,
    reads: program.reads,
    test: (scope, budget) => {
      const result = program.run(scope, budget);
      if (typeof result === 'boolean') return result;
      const kind = result === null ? 'null' : Array.isArray(result) ? 'a list' : `a ${typeof result}`;
      throw new MappingError(`The condition must be true or false, but it is ${kind}.`);
    },
  };
}
