import { pointer, type Fault } from '../../core/errors.js';
import { isObject } from '../../core/json.js';
import type { Budget } from '../../platform/expressions/budget.js';
import { compileTemplate, ExpressionError, type Scope, type Template } from '../../platform/expressions/template.js';

export type Path = readonly (string | number)[];

/** Throws `MappingError`. */
export type Mapped<T> = (scope: Scope, budget: Budget) => T;

/** Where a compilation puts what is wrong, so that all of it is told at once. */
export class FaultList {
  readonly faults: Fault[] = [];

  add(path: Path, code: string, message: string): void {
    this.faults.push({ path: pointer(path), code, message });
  }
}

/** Null where the template is at fault. */
export function compileText(source: string, path: Path, faults: FaultList, names?: readonly string[]): Template | null {
  try {
    return compileTemplate(source, names);
  } catch (error) {
    addExpressionFault(error, path, faults);
    return null;
  }
}

export function addExpressionFault(error: unknown, path: Path, faults: FaultList): void {
  if (!(error instanceof ExpressionError)) throw error;
  faults.add(path, 'expression', `${error.message} (at character ${error.position + 1})`);
}

/** A literal of any JSON type, whose strings at every depth may be templates. */
export function compileValue(value: unknown, path: Path, faults: FaultList): Mapped<unknown> {
  if (typeof value === 'string') {
    const template = compileText(value, path, faults);
    return template === null || template.isLiteral ? () => value : (scope, budget) => template.evaluate(scope, budget);
  }
  if (Array.isArray(value)) {
    const elements = value.map((element, index) => compileValue(element, [...path, index], faults));
    return (scope, budget) => elements.map((element) => element(scope, budget));
  }
  if (!isObject(value)) return () => value;
  const members = Object.entries(value).map(
    ([key, member]) => [key, compileValue(member, [...path, key], faults)] as const,
  );
  return (scope, budget) => Object.fromEntries(members.map(([key, member]) => [key, member(scope, budget)]));
}
