import { pathText } from '../../../mapping/template.js';
import type { AnyInput } from './change-action.js';

export type Pagination = NonNullable<AnyInput['pagination']>;

export const RULES: Record<Pagination['by'], { text: string; hint: string; short: string }> = {
  'next-url': {
    text: 'at an address in the answer',
    hint: 'The answer has the whole address of the next page, or a path.',
    short: 'by the next address',
  },
  'link-header': {
    text: 'in the Link header',
    hint: 'Link: <…>; rel="next", as GitHub and many others send it.',
    short: 'by the Link header',
  },
  page: {
    text: 'by counting pages',
    hint: 'A query parameter with the number of the page.',
    short: 'by page numbers',
  },
  offset: {
    text: 'by counting items',
    hint: 'A query parameter with how many items to skip.',
    short: 'by offsets',
  },
  cursor: {
    text: 'after a cursor in the answer',
    hint: 'What the answer names goes into a query parameter of the next call.',
    short: 'by cursors',
  },
};

const ENDS = { items: 'body', maxPages: 100, stopWhenEmpty: true, stopWhen: null };

/** A rule with every default written out, as the server would give it back. */
export function startRule(by: Pagination['by'], ends: Pick<Pagination, keyof typeof ENDS> = ENDS): Pagination {
  const { items, maxPages, stopWhenEmpty, stopWhen } = ends;
  const shared = { items, maxPages, stopWhenEmpty, stopWhen };
  switch (by) {
    case 'next-url':
      return { by, next: 'body.next', ...shared };
    case 'link-header':
      return { by, ...shared };
    case 'page':
      return { by, parameter: 'page', first: 1, ...shared };
    case 'offset':
      return { by, parameter: 'offset', first: 0, size: null, ...shared };
    case 'cursor':
      return { by, parameter: 'cursor', next: 'body.nextCursor', ...shared };
  }
}

/** Another way to the next page; where a page has its items and when to stop stay. */
export const changeRule = (now: Pagination, by: Pagination['by']): Pagination =>
  by === now.by ? now : startRule(by, now);

export const paginationText = (pagination: AnyInput['pagination']): string =>
  pagination === null ? 'one call' : `${RULES[pagination.by].short}, ${pagination.maxPages} at most`;

const DEEPEST = 3;
const MOST_MEMBERS = 50;

/** The expressions that lead to the lists of an answer, the nearest first. */
export function listPathsIn(body: unknown): string[] {
  const found: string[] = [];
  let level: [path: string[], value: unknown][] = [[['body'], body]];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const below: typeof level = [];
    for (const [path, value] of level) {
      if (Array.isArray(value)) found.push(pathText(path) ?? '');
      else if (typeof value === 'object' && value !== null)
        for (const [key, member] of Object.entries(value).slice(0, MOST_MEMBERS)) below.push([[...path, key], member]);
    }
    level = below;
  }
  return found.filter((path) => path !== '');
}
