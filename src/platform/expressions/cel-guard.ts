import { Optional } from '@marcbachmann/cel-js';
import { chargeCall, chargeCompare, chargeConcat, limitText, sizeOf, spend } from './cel-cost.js';
import { plainItems, plainNumber, withPlainNumbers } from './cel-numbers.js';
import { ExpressionError } from './errors.js';

/**
 * CEL has no loops, yet seven nested `map` over ten items take seconds, and the library's own limits do not stop it.
 * This file counts the work. It wraps the handlers of the checked syntax tree: what an evaluation may do is charged
 * before it is done. The tree's inside is not a public interface of the library, whose version is therefore pinned;
 * what this file does not know it refuses.
 */
export interface CelNode {
  op: string;
  args: unknown;
  start: number;
  meta: { alternate?: CelNode; macro?: Record<string, unknown> };
  handle?: Handle;
  evaluate(evaluator: unknown, node: CelNode, context: unknown): unknown;
}
type Handle = (a: unknown, b?: unknown, c?: unknown, d?: unknown) => unknown;

interface Comprehension {
  kind?: string;
  iterable: CelNode;
  init: CelNode;
  step: CelNode;
}

const MAX_NESTING = 2;
/** An error inside a quantifier, `||` or `&&` is caught, and costs about twenty times an ordinary node. */
const CATCH_WEIGHT = 20;

/** Refuses what could explode and makes the rest pay. Call it once, after the tree was type-checked. */
export function guard(root: CelNode): void {
  const seen = new Set<CelNode>();
  const visit = (node: CelNode, nesting: number): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.meta.alternate) return visit(node.meta.alternate, nesting);
    refuseMatches(node);
    if (node.op === 'comprehension') {
      const { iterable, init, step } = node.args as Comprehension;
      if (nesting === MAX_NESTING) {
        throw new ExpressionError(`map, filter, all and exists can be nested ${MAX_NESTING} deep.`, node.start);
      }
      visit(iterable, nesting);
      visit(init, nesting);
      visit(step, nesting + 1);
    } else {
      for (const child of children(node)) visit(child, nesting);
    }
    if (!node.meta.macro) wrap(node);
  };
  visit(root, 0);
}

/** Nodes that an evaluation of this one may evaluate. */
export function children(node: CelNode): CelNode[] {
  if (node.meta.alternate) return [node.meta.alternate];
  const args = node.args as CelNode & CelNode[] & Comprehension;
  switch (node.op) {
    case 'value':
    case 'id':
    case 'accuValue':
    case 'accuInc':
      return [];
    case '.':
    case '.?':
      return [args[0]];
    case '!_':
    case '-_':
    case 'accuPush':
      return [args];
    case 'map':
      return (node.args as [CelNode, CelNode][]).flat();
    case 'comprehension':
      return [args.iterable, args.init, args.step];
    case 'call':
    case 'rcall':
      return node.meta.macro ? macroChildren(node.meta.macro) : (node.args as unknown[]).slice(1).flat().map(asNode);
    default:
      if (!Array.isArray(node.args)) throw new ExpressionError(`"${node.op}" is not supported.`, node.start);
      return (node.args as unknown[]).map(asNode);
  }
}

/** `has`, `cel.bind`, `or` and `orValue` keep their parts under names of their own. */
function macroChildren(macro: Record<string, unknown>): CelNode[] {
  const known = ['args', 'val', 'exp', 'receiver', 'arg'].flatMap((name) => macro[name] ?? []).map(asNode);
  if (known.length === 0) throw new ExpressionError('This macro is not supported.', 0);
  return known;
}

function asNode(value: unknown): CelNode {
  if (typeof value !== 'object' || value === null || !('op' in value) || !('meta' in value)) {
    throw new ExpressionError('This expression is not supported.', 0);
  }
  return value as CelNode;
}

function refuseMatches(node: CelNode): void {
  if ((node.op === 'call' || node.op === 'rcall') && (node.args as unknown[])[0] === 'matches') {
    throw new ExpressionError(
      'matches() is not available, because some patterns would never end. Use regex(text, pattern).',
      node.start,
    );
  }
}

/** Units that one evaluation of the node costs, without what comprehensions in it pay for their items. */
function weigh(node: CelNode): number {
  if (node.op === 'comprehension') return 1 + weigh((node.args as Comprehension).iterable);
  const own = node.op === '||' || node.op === '&&' ? CATCH_WEIGHT : 1;
  return children(node).reduce((sum, child) => sum + weigh(child), own);
}

function wrap(node: CelNode): void {
  const inner = node.handle;
  if (!inner) {
    if (node.op === 'comprehension') throw new ExpressionError('This expression is not supported.', node.start);
    return;
  }
  switch (node.op) {
    case 'comprehension': {
      const { step, kind } = node.args as Comprehension;
      const perItem = weigh(step) + (kind === 'quantifier' ? CATCH_WEIGHT : 1);
      node.handle = (items, b, c, d) => {
        spend(perItem * sizeOf(items));
        return inner(Array.isArray(items) ? plainItems(items) : items, b, c, d);
      };
      return;
    }
    case '.':
    case '[]':
      node.handle = (a, b, c, d) => plainNumber(inner(a, b, c, d));
      return;
    case '.?':
    case '[?]':
      node.handle = (a, b, c, d) => {
        const found = inner(a, b, c, d);
        return found instanceof Optional && found.hasValue() ? Optional.of(plainNumber(found.value())) : found;
      };
      return;
    case '+':
      node.handle = (left, right, c, d) => {
        chargeConcat(left, right);
        return inner(left, right, c, d);
      };
      return;
    case 'call':
    case 'rcall': {
      const name = (node.args as [string])[0];
      node.handle = (args, b, c) => {
        chargeCall(name, args as unknown[]);
        const result = plainNumber(inner(args, b, c));
        if (typeof result === 'string') limitText(result.length);
        return result;
      };
      return;
    }
    case '!_':
    case '-_':
    case '?:':
      return;
    default:
      node.handle = (left, right, c, d) => {
        chargeCompare(left, right);
        return inner(withPlainNumbers(left), withPlainNumbers(right), c, d);
      };
  }
}
