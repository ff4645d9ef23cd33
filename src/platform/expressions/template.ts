import type { Budget } from './budget.js';
import { compileCel } from './cel.js';
import { ExpressionError, MappingError } from './errors.js';
import { parsePath, readPath } from './path.js';
import { SCOPE_NAMES, type Scope } from './scope.js';
import { MAX_TEXT, toText } from './text.js';

export { ExpressionError, MappingError } from './errors.js';
export type { Scope } from './scope.js';

const MAX_SOURCE = 256 * 1024;
const MAX_EXPRESSIONS = 500;

export interface Expression {
  /** What stands between the braces. */
  readonly source: string;
  /** Throws `MappingError`. A plain path to nothing is null. */
  evaluate(scope: Scope, budget?: Budget): unknown;
}

/** Text with `{{ expressions }}` in it. To write two opening braces, say `{{ "{{" }}`: CEL has strings. */
export interface Template {
  readonly source: string;
  /** No expression in it. */
  readonly isLiteral: boolean;
  /** One expression and nothing around it. */
  readonly isLone: boolean;
  readonly parts: readonly (string | Expression)[];
  /** The dotted paths it reads, for example `steps.create.body.id`. */
  readonly reads: readonly string[];
  /** A lone expression keeps its type (a raw number stays raw); text around it makes a string. Throws `MappingError`. */
  evaluate(scope: Scope, budget?: Budget): unknown;
  /** Always text, at most 1 MiB; `encode` is applied to the text of each expression. Throws `MappingError`. */
  render(scope: Scope, encode?: (text: string) => string, budget?: Budget): string;
}

/** Throws `ExpressionError`, whose position counts from the beginning of `source`. */
export function compileTemplate(source: string, names: readonly string[] = SCOPE_NAMES): Template {
  if (source.length > MAX_SOURCE) throw new ExpressionError('The value is longer than 256 KiB.', MAX_SOURCE);
  const reads = new Set<string>();
  const parts = split(source).map((part) =>
    typeof part === 'string' ? part : compilePart(part.source, part.position, names, reads),
  );
  const isLone = parts.length === 1 && typeof parts[0] !== 'string';
  const render: Template['render'] = (scope, encode = (text) => text, budget) => {
    let text = '';
    for (const part of parts) {
      text += typeof part === 'string' ? part : encode(toText(part.evaluate(scope, budget)));
      if (text.length > MAX_TEXT) throw new MappingError('The value becomes a text of more than 1 MiB.');
    }
    return text;
  };
  return {
    source,
    isLiteral: parts.every((part) => typeof part === 'string'),
    isLone,
    parts,
    reads: [...reads],
    evaluate: isLone
      ? (scope, budget) => (parts[0] as Expression).evaluate(scope, budget)
      : (scope, budget) => render(scope, undefined, budget),
    render,
  };
}

/** What may stand between the braces, alone. Throws `ExpressionError`. */
export const compileExpression = (source: string, names: readonly string[] = SCOPE_NAMES): Expression =>
  compilePart(source, 0, names, new Set());

function compilePart(text: string, start: number, names: readonly string[], reads: Set<string>): Expression {
  const source = text.trim();
  const position = start + text.indexOf(source);
  if (source === '') throw new ExpressionError('There is nothing between {{ and }}.', start);
  const path = parsePath(source);
  if (path && names.includes(path[0] as string)) {
    reads.add(path.join('.'));
    return { source, evaluate: (scope) => readPath(scope, path) };
  }
  try {
    const program = compileCel(source, names);
    program.reads.forEach((read) => reads.add(read));
    return { source, evaluate: (scope, budget) => program.run(scope, budget) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ExpressionError(error.message, position + error.position);
  }
}

function split(source: string): (string | { source: string; position: number })[] {
  const parts: (string | { source: string; position: number })[] = [];
  let from = 0;
  for (let open = source.indexOf('{{'); open >= 0; open = source.indexOf('{{', from)) {
    const close = endOfExpression(source, open + 2);
    if (close < 0) throw new ExpressionError('{{ is never closed by }}.', open);
    if (open > from) parts.push(source.slice(from, open));
    parts.push({ source: source.slice(open + 2, close), position: open + 2 });
    if (parts.length > 2 * MAX_EXPRESSIONS) throw new ExpressionError('The value holds too many expressions.', open);
    from = close + 2;
  }
  if (from < source.length || parts.length === 0) parts.push(source.slice(from));
  return parts;
}

/** Index of the `}}` that ends the expression; those inside CEL's strings and maps do not. -1: there is none. */
function endOfExpression(source: string, from: number): number {
  let depth = 0;
  for (let i = from; i < source.length; i++) {
    switch (source[i]) {
      case '"':
      case "'":
        i = endOfString(source, i);
        break;
      case '{':
        depth++;
        break;
      case '}':
        if (depth > 0) depth--;
        else if (source[i + 1] === '}') return i;
        break;
      case '/':
        if (source[i + 1] === '/') i = endOfComment(source, i);
    }
  }
  return -1;
}

/** Index of the last quote of the CEL string that begins at `from`. */
function endOfString(source: string, from: number): number {
  const quote = source[from];
  const mark = source.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote;
  for (let i = from + mark.length; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source.startsWith(mark, i)) return i + mark.length - 1;
  }
  return source.length;
}

/** A comment ends with its line, or with the expression it stands in. */
function endOfComment(source: string, from: number): number {
  const ends = [source.indexOf('\n', from), source.indexOf('}}', from)].filter((end) => end >= 0);
  return ends.length === 0 ? source.length : Math.min(...ends) - 1;
}
