import { changeRule, listPathsIn, paginationText, startRule } from './pagination.js';

it('begins with every default written out', () => {
  expect(startRule('cursor')).toEqual({
    by: 'cursor',
    parameter: 'cursor',
    next: 'body.nextCursor',
    items: 'body',
    maxPages: 100,
    stopWhenEmpty: true,
    stopWhen: null,
  });
});

it('keeps what all rules have when the way to the next page changes', () => {
  const rule = { ...startRule('next-url'), items: 'body.data', maxPages: 7, stopWhen: 'page == 3' };
  expect(changeRule(rule, 'offset')).toEqual({
    by: 'offset',
    parameter: 'offset',
    first: 0,
    size: null,
    items: 'body.data',
    maxPages: 7,
    stopWhenEmpty: true,
    stopWhen: 'page == 3',
  });
});

it.each([
  [null, 'one call'],
  [startRule('link-header'), 'by the Link header, 100 at most'],
])('says %j in words', (rule, words) => expect(paginationText(rule)).toBe(words));

it('finds the lists of an answer, the nearest first', () => {
  expect(listPathsIn({ data: { rows: [1] }, items: [] })).toEqual(['body.items', 'body.data.rows']);
  expect(listPathsIn([1])).toEqual(['body']);
  expect(listPathsIn('text')).toEqual([]);
});
