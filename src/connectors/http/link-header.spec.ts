import { nextLink } from './link-header.js';

it.each<[string[], string | null]>([
  [[], null],
  [['<https://a/?page=2>; rel="next"'], 'https://a/?page=2'],
  [
    ['<https://a/?page=1>; rel="prev", <https://a/?page=3>; rel="next", <https://a/?page=9>; rel="last"'],
    'https://a/?page=3',
  ],
  [['<https://a/1>; rel=last', '<https://a/2>;title="a, <b>; c";REL=Next'], 'https://a/2'],
  [['<https://a/2>; title="b; rel=last"; rel=next'], 'https://a/2'],
  [['<https://a/2>; rel="last"; rel="next"'], null],
  [['</items?after=x,y>; rel="item next"'], '/items?after=x,y'],
  [['<https://a/2>; rel="nextish"'], null],
  [['<https://a/2>'], null],
  [['https://a/2; rel="next"'], null],
  [[`<${'<'.repeat(60_000)}`], null],
  [[`<a>${' ;'.repeat(30_000)}`], null],
])('%j leads on to %j', (headers, next) => {
  expect(nextLink(headers)).toBe(next);
});
