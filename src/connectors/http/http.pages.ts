import type { HttpInput, Pagination } from '../../core/definition.js';
import type { RunError } from '../../core/run.js';
import { compileCondition, type Condition } from '../../platform/expressions/condition.js';
import { compileTemplate, MappingError, type Template } from '../../platform/expressions/template.js';
import { toText } from '../../platform/expressions/text.js';
import type { BuildOutcome, BuiltRequest, PageMove, PagePlan, PagesRead, StepOutput } from '../action.js';
import { nextLink } from './link-header.js';
import { addExpressionFault, type FaultList } from './mapped-value.js';
import { encodeComponent } from './pairs.js';

/** What the expressions of a pagination see: the answer, and which page it is, from 1. */
const NAMES = ['status', 'headers', 'body', 'page'];

/** All pages of a step together, as they came; what its output may hold. */
export const MAX_PAGES_BYTES = 10 * 1024 * 1024;

/** A server that does not know the parameter answers the first page for ever. */
const MOST_ALIKE = 5;

type Rule = Pagination;

interface Compiled {
  rule: Rule;
  items: Template | null;
  next: Template | null;
  stopWhen: Condition | null;
}

/** Null where the step makes one call. */
export function compilePages({ pagination }: HttpInput, faults: FaultList): PagePlan | null {
  if (pagination === null) return null;
  const compiled: Compiled = {
    rule: pagination,
    items: expression(pagination.items, 'items', faults),
    next: 'next' in pagination ? expression(pagination.next, 'next', faults) : null,
    stopWhen: condition(pagination.stopWhen, faults),
  };
  return {
    none: { count: 0, items: [], bytes: 0, targets: [] },
    take: (read, output, bytes) => takePage(compiled, read, output, bytes),
    request: (first, read) => pageRequest(pagination, first, read),
  };
}

function expression(source: string, member: string, faults: FaultList): Template | null {
  try {
    const template = compileTemplate(`{{ ${source} }}`, NAMES);
    if (template.isLone) return template;
    faults.add(['pagination', member], 'expression', 'Write one expression, without {{ and }}.');
  } catch (error) {
    addExpressionFault(error, ['pagination', member], faults);
  }
  return null;
}

function condition(source: string | null, faults: FaultList): Condition | null {
  if (source === null) return null;
  try {
    return compileCondition(source, NAMES);
  } catch (error) {
    addExpressionFault(error, ['pagination', 'stopWhen'], faults);
    return null;
  }
}

/** What follows from one more page, which was a success. Pure: after a crash the same pages lead to the same next one. */
function takePage(plan: Compiled, before: PagesRead, output: StepOutput, bytes: number): PageMove {
  const page = before.count + 1;
  const scope = { ...output, page };
  try {
    const found = plan.items?.evaluate(scope) ?? null;
    if (found !== null && !Array.isArray(found)) {
      return failed('parse', page, `"${plan.rule.items}" is no list of items there`);
    }
    const items = (found ?? []) as unknown[];
    const read: PagesRead = {
      count: page,
      items: [...before.items, ...items],
      bytes: before.bytes + bytes,
      targets: before.targets,
    };
    if (read.bytes > MAX_PAGES_BYTES) {
      return failed(
        'limit',
        page,
        `all pages together are larger than ${MAX_PAGES_BYTES} bytes: read fewer, or ask for less`,
      );
    }
    const target = targetAfter(plan, read, output);
    const isEnd =
      target === null || (plan.rule.stopWhenEmpty && items.length === 0) || plan.stopWhen?.test(scope) === true;
    if (isEnd || page >= plan.rule.maxPages) return { kind: 'done', output: collected(output, read, !isEnd) };
    if ((plan.rule.by === 'page' || plan.rule.by === 'offset') && isAlike(before.items, items)) {
      const why = `it holds the same items as the ${MOST_ALIKE - 1} pages before it: the receiver does not go by the parameter "${plan.rule.parameter}"`;
      return failed('loop', page, why);
    }
    if (before.targets.includes(target)) {
      return failed(
        'loop',
        page,
        'it names a page as the next one that was read before, so that there would be no end',
      );
    }
    return { kind: 'next', read: { ...read, targets: [...before.targets, target] } };
  } catch (error) {
    if (error instanceof MappingError) return failed('mapping', page, error.message);
    throw error;
  }
}

/** Whether the last pages, this one included, are all the same. */
function isAlike(before: unknown[], items: unknown[]): boolean {
  const earlier = before.slice(-items.length * (MOST_ALIKE - 1));
  if (items.length === 0 || earlier.length < items.length * (MOST_ALIKE - 1)) return false;
  return earlier.every((item, index) => JSON.stringify(item) === JSON.stringify(items[index % items.length]));
}

const collected = (last: StepOutput, read: PagesRead, hasMore: boolean): StepOutput => ({
  ...last,
  body: read.items,
  pages: read.count,
  hasMore,
});

function failed(code: RunError['code'], page: number, why: string): PageMove {
  return { kind: 'failed', error: { code, message: `Page ${page} was answered, but ${why}.`.replace(/\.\.$/, '.') } };
}

/** A URL, or the value of the parameter; null: this was the last page. */
function targetAfter({ rule, next }: Compiled, read: PagesRead, output: StepOutput): string | null {
  switch (rule.by) {
    case 'link-header':
      return nextLink([output.headers.link ?? []].flat());
    case 'page':
      return String(rule.first + read.count);
    case 'offset':
      return String(rule.first + (rule.size === null ? read.items.length : rule.size * read.count));
    default: {
      const value = next?.evaluate({ ...output, page: read.count }) ?? null;
      if (value === null || value === '' || value === false) return null;
      return toText(value);
    }
  }
}

/** The first page's request, turned into the one that comes after the pages read. */
function pageRequest(rule: Rule, first: BuiltRequest, read: PagesRead): BuildOutcome {
  if (rule.by === 'page' || rule.by === 'offset' || rule.by === 'cursor') {
    const target = read.targets.at(-1) ?? (rule.by === 'cursor' ? null : String(rule.first));
    return ok(target === null ? first : { ...first, url: withParameter(first.url, rule.parameter, target) });
  }
  let url = first.url;
  for (const target of read.targets) {
    const to = URL.parse(target, url);
    if (to === null || to.origin !== new URL(url).origin || to.username !== '' || to.password !== '') {
      const message = `Page ${read.count} names an address as the next one that is not at ${URL.parse(url)?.origin}: only pages of the same origin are read, so that no credential goes elsewhere.`;
      return { kind: 'failed', error: { code: 'redirect', message }, request: first };
    }
    to.hash = '';
    url = to.href;
  }
  return ok({ ...first, url });
}

const ok = (request: BuiltRequest): BuildOutcome => ({ kind: 'request', request });

/** In the place of the parameter, where the URL has it; else behind all others. */
function withParameter(url: string, name: string, value: string): string {
  const at = url.indexOf('?');
  const pairs = at < 0 ? [] : url.slice(at + 1).split('&');
  const own = `${encodeComponent(name)}=${encodeComponent(value)}`;
  const index = pairs.findIndex((pair) => decoded(pair.split('=')[0]) === name);
  const rest = pairs.filter((pair, each) => pair !== '' && (each === index || decoded(pair.split('=')[0]) !== name));
  const query = index < 0 ? [...rest, own] : rest.map((pair) => (pair === pairs[index] ? own : pair));
  return `${at < 0 ? url : url.slice(0, at)}?${query.join('&')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
