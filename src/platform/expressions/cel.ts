import { Environment, ParseError, EvaluationError, TypeError as CelTypeError } from '@marcbachmann/cel-js';
import { Budget } from './budget.js';
import { spend, spendOnText, spending } from './cel-cost.js';
import { children, guard, type CelNode } from './cel-guard.js';
import { toJsonValue } from './cel-result.js';
import { celScope, type Path } from './cel-scope.js';
import { ExpressionError, MappingError } from './errors.js';
import { linearRegex } from './regex.js';

/** Longest single expression, in UTF-16 units. */
const MAX_SOURCE = 4096;
const LIMITS = { maxAstNodes: 1000, maxDepth: 60, maxListElements: 200, maxMapEntries: 200, maxCallArguments: 8 };

export interface Program {
  /** Dotted paths from the names in scope. */
  readonly reads: readonly string[];
  /** A JSON value (raw numbers included), or null for an absent optional. Throws `MappingError`. */
  run(scope: Readonly<Record<string, unknown>>, budget?: Budget): unknown;
}

/** Common Expression Language (cel-spec), with `regex(text, pattern)` in place of `matches`. Throws `ExpressionError`. */
export function compileCel(source: string, names: readonly string[]): Program {
  if (source.length > MAX_SOURCE) {
    throw new ExpressionError(`The expression is longer than ${MAX_SOURCE} characters.`, 0);
  }
  const evaluate = check(source, names);
  const root = evaluate.ast as unknown as CelNode;
  guard(root);
  const paths = pathsOf(root, new Set(names));
  return {
    reads: [...new Set(paths.map((path) => path.join('.')))],
    run: (scope, budget = new Budget()) => {
      try {
        return spending(budget, () => {
          spend(1);
          return toJsonValue(evaluate(celScope(scope, paths)));
        });
      } catch (error) {
        throw asMappingError(error, source);
      }
    },
  };
}

function check(source: string, names: readonly string[]): ReturnType<Environment['parse']> {
  let fault: unknown;
  try {
    const parsed = environmentFor(names).parse(source);
    const { valid, error } = parsed.check();
    if (valid) return parsed;
    fault = error;
  } catch (error) {
    fault = error;
  }
  throw asExpressionError(fault, names);
}

const environments = new Map<string, Environment>();

function environmentFor(names: readonly string[]): Environment {
  const key = names.join();
  let environment = environments.get(key);
  if (!environment) {
    environment = names.reduce((env, name) => env.registerVariable(name, 'dyn'), newEnvironment());
    environments.set(key, environment);
  }
  return environment;
}

/** JSON numbers are CEL doubles and literals are ints: without the mixed operators `n + 1` would not be defined. */
function newEnvironment(): Environment {
  const env = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false, limits: LIMITS });
  const operators: Record<string, (a: number, b: number) => number> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '%': (a, b) => a % b,
  };
  for (const [symbol, apply] of Object.entries(operators)) {
    const mixed = (a: unknown, b: unknown): number => apply(Number(a), Number(b));
    env.registerOperator(`double ${symbol} int`, mixed);
    env.registerOperator(`int ${symbol} double`, mixed);
  }
  env.registerOperator('double % double', operators['%']);
  return env.registerFunction('regex(string, string): bool', (text: string, pattern: string) => {
    spendOnText(text, pattern);
    return linearRegex(text, pattern);
  });
}

/** Every path that begins at a name in scope: as far as it is written out, without what is computed. */
function pathsOf(root: CelNode, names: ReadonlySet<string>): Path[] {
  const paths: Path[] = [];
  const visit = (node: CelNode): void => {
    const path = writtenPath(node);
    if (path && names.has(path[0])) paths.push(path);
    else children(node).forEach(visit);
  };
  visit(root);
  return paths;
}

function writtenPath(node: CelNode): string[] | null {
  if (node.op === 'id') return [node.args as string];
  if (!['.', '.?', '[]', '[?]'].includes(node.op)) return null;
  const [left, right] = node.args as [CelNode, CelNode | string];
  const key = typeof right === 'string' ? right : right.op === 'value' ? String(right.args) : null;
  const path = key === null ? null : writtenPath(left);
  return path && [...path, key!];
}

function summaryOf(error: unknown): string | null {
  if (error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError) {
    return error.summary.slice(0, 300);
  }
  return null;
}

function asExpressionError(error: unknown, names: readonly string[]): ExpressionError {
  if (error instanceof ExpressionError) return error;
  const summary = summaryOf(error);
  if (summary === null) return new ExpressionError('The expression is nested too deep.', 0);
  const position = (error as ParseError).range?.start ?? 0;
  const hint = summary.startsWith('Unknown variable') ? ` (in scope: ${names.join(', ')})` : '';
  return new ExpressionError(`${summary}${hint}.`, position);
}

function asMappingError(error: unknown, source: string): MappingError {
  const shown = source.length > 80 ? `${source.slice(0, 77)}…` : source;
  if (error instanceof MappingError) return new MappingError(`{{ ${shown} }}: ${error.message}`);
  const summary = summaryOf(error) ?? 'The expression cannot be evaluated for these values';
  const hint = summary.startsWith('No such key') ? ' If it may be missing, ask has(…) or use .? and orValue(…).' : '';
  return new MappingError(`{{ ${shown} }}: ${summary}.${hint}`);
}
