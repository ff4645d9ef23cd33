import { compileJsonTemplate } from '../connectors/http/json-template.js';
import { compileUrl } from '../connectors/http/http.url.js';
import {
  addExpressionFault,
  compileText,
  compileValue,
  FaultList,
  type Mapped,
} from '../connectors/http/mapped-value.js';
import { REQUEST_WORK } from '../connectors/http/http.request.js';
import { isRawNumber } from '../core/json.js';
import { Budget } from '../platform/expressions/budget.js';
import { compileCondition } from '../platform/expressions/condition.js';
import { compileExpression, MappingError, type Scope } from '../platform/expressions/template.js';
import type { Asked, Evaluation, Reading, ValueType } from './evaluate.schema.js';

/** Of the JSON of one value, and of all of them: an event may hold a mebibyte, and five hundred fields may ask for it. */
const MAX_VALUE_CHARS = 64 * 1024;
const MAX_ALL_CHARS = 1024 * 1024;

type Result = { value: unknown; type: ValueType } | { type: ValueType | null; code: string; message: string };

/**
 * What expressions come to, by the code that a step's request is built with and at the expense of one budget, as those
 * of one request are. Never throws for what is asked: each gets its own error.
 */
export function evaluateAll(expressions: readonly Asked[], scope: Scope): Evaluation {
  const budget = new Budget(REQUEST_WORK);
  const answer: Evaluation = { values: [], types: [], errors: [] };
  let left = MAX_ALL_CHARS;
  for (const asked of expressions) {
    const result = evaluate(asked, scope, budget, Math.min(left, MAX_VALUE_CHARS));
    const isShown = 'value' in result;
    if (isShown) left -= JSON.stringify(result.value).length;
    answer.values.push(isShown ? result.value : null);
    answer.types.push(result.type);
    answer.errors.push(isShown ? null : { code: result.code, message: result.message });
  }
  return answer;
}

function evaluate(asked: Asked, scope: Scope, budget: Budget, maxChars: number): Result {
  const faults = new FaultList();
  const mapped = compile(asked, faults);
  if (faults.faults.length > 0) return { type: null, ...faults.faults[0] };
  try {
    const value = mapped(scope, budget) ?? null;
    const type = typeOf(value);
    if (maxChars > 0 && JSON.stringify(value).length <= maxChars) return { value, type };
    return { type, code: 'too_large', message: 'The value is too large to be shown here. A run uses all of it.' };
  } catch (error) {
    if (error instanceof MappingError) return { type: null, code: 'mapping', message: error.message };
    if (error instanceof RangeError) return { type: null, code: 'mapping', message: 'The value is nested too deep.' };
    throw error;
  }
}

function compile(asked: Asked, faults: FaultList): Mapped<unknown> {
  if (typeof asked === 'string') return read(asked.includes('{{') ? 'value' : 'expression', asked, faults);
  return asked.as === 'value' ? compileValue(asked.value, [], faults) : read(asked.as, asked.value, faults);
}

function read(as: Reading, source: string, faults: FaultList): Mapped<unknown> {
  switch (as) {
    case 'value':
      return compileValue(source, [], faults);
    case 'url':
      return compileUrl(source, faults);
    case 'json':
      return compileJsonTemplate(source, faults);
    case 'text': {
      const template = compileText(source, [], faults);
      return (scope, budget) => template?.render(scope, undefined, budget);
    }
    case 'expression':
      return whole(() => {
        const expression = compileExpression(source);
        return (scope, budget) => expression.evaluate(scope, budget);
      }, faults);
    case 'condition':
      return whole(() => {
        const condition = compileCondition(source);
        return (scope, budget) => condition.test(scope, budget);
      }, faults);
  }
}

function whole(compiled: () => Mapped<unknown>, faults: FaultList): Mapped<unknown> {
  try {
    return compiled();
  } catch (error) {
    addExpressionFault(error, [], faults);
    return () => null;
  }
}

function typeOf(value: unknown): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (isRawNumber(value)) return 'number';
  return typeof value as 'string' | 'number' | 'boolean' | 'object';
}
